"""Say what the strip at the foot of the editors' site says, in their language.

Names as in `static/mirrors/lines.mjs`, which has the English ones.
"""

from django.utils.translation import gettext as _


def words() -> dict[str, str]:
    """List the sentences by name; what stands in braces is filled in by the script."""
    return {
        "title": _("Editions on their way"),
        "dismiss": _("Dismiss: {text}"),
        "line": _("{name} ({service}): {text}"),
        "trouble": _("not printed. {reason}"),
        "released": _("{number} released, printing…"),
        "changed": _("changed, waiting for its edition…"),
        "some": _("edition {number} verified on {held} of {mirrors} mirrors"),
        "all": _("edition {number} verified on all {mirrors} mirrors"),
        "missing": _("{mirror}: {reason}"),
        "unreachable": _("not reachable"),
    }
