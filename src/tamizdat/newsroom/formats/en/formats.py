"""Hours by the clock of 24, as wires and embargoes give them.

No sentence ends in "5:01 p.m..", and no hour of the night is taken for one of the day.
"""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
SHORT_DATETIME_FORMAT = "j M Y, H:i"
TIME_FORMAT = "H:i"
