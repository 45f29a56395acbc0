"""Tamizdat: a newsroom and a press for news that is banned where it is read.

The rooms, in the order a story travels. Imports point one way: pure rooms
import no room, a numbered room imports pure rooms and lower numbers.

    edition     pure   what goes out: story documents, pages, tree, log, notes, verify
    wire        1      agency copy, feeds and saved pages in
    newsroom    2      stories at desks: the site editors live in
    press       7      released content -> signed edition
    mirrors     8      editions out: deliver, read back, status
    witness     10     logs of sister newsrooms: cosign their heads
    server             settings, urls, wsgi, command line: names the rooms, nothing else
"""

VERSION = "0.1.0"  # of the press, named in every statement
