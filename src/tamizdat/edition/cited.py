"""Take out of a cited address what tells who led a reader there.

A link that is copied from an app carries marks of the person who copied it and of the
way it went. Who follows it tells the site both; so editions carry none of
those below, where they are spelt as their makers spell them. A name that means other
things on other sites goes on its maker's own alone, and stays where that is any site
(`s_cid` of Adobe, most that begin with `pk_`).

Source: parameters as their makers document them: Google Analytics and Ads (`utm_`,
`gclid`, `dclid`, `gbraid`, `wbraid`, `srsltid`), Meta (`fbclid`, `igsh`, `igshid`),
Yandex (`yclid`, `ysclid`, `ymclid`, `_openstat`), Microsoft (`msclkid`), X (`twclid`,
`ref_src`), TikTok (`ttclid`), LinkedIn (`li_fat_id`, there `trk`), Mailchimp (`mc_cid`,
`mc_eid`), HubSpot (`_hsenc`, `_hsmi`), Adobe (`mkt_tok`), AT Internet (`xtor`),
Echobox, Matomo (`mtm_`, `pk_campaign`, `pk_kwd`). RFC 3986, section 2.4: a name is the
same however it is encoded.
"""

import re
from urllib.parse import unquote

_TRACKERS = re.compile(
    r"(?:utm|mtm)_\w+|pk_(?:campaign|cpn|keyword|kwd)|(?:g|d|fb|tw|tt|y|ys|ym)clid"
    r"|msclkid|[gw]braid|srsltid|gclsrc|igsh(?:id)?|_openstat|ref_src|li_fat_id"
    r"|mc_[ce]id|_hs(?:enc|mi)|mkt_tok|xtor|echobox",
    re.ASCII | re.IGNORECASE,
)
_LINKEDIN = re.compile(
    r"https?://(?:[^/?#]*\.)?linkedin\.com(?::\d+)?(?:[/?#]|$)",
    re.ASCII | re.IGNORECASE,
)
_OWN = ((_LINKEDIN, {"trk"}),)  # site, and names that are trackers there
_PARTED = re.compile("(&amp;|[&;])")  # names and values; the first is a slip of copying


def untracked(address: str) -> str:
    """Leave out the parameters of a query or fragment that name a way or a person.

    Everything else stays as it is spelt, but for a sign with nothing behind it.
    """
    own = {name for site, names in _OWN if site.match(address) for name in names}
    page, _, fragment = address.partition("#")
    path, _, query = page.partition("?")
    for mark, parameters in (("?", query), ("#", fragment)):
        path += f"{mark}{kept}" if (kept := _without(parameters, own)) else ""
    return path


def _without(parameters: str, own: set[str]) -> str:
    """Leave out trackers, each with the sign before it."""
    signs_and_parts = ["", *_PARTED.split(parameters)]
    kept: list[str] = []
    for sign, part in zip(signs_and_parts[::2], signs_and_parts[1::2], strict=True):
        name = unquote(part.partition("=")[0])
        if not (_TRACKERS.fullmatch(name) or name.lower() in own):
            kept += [sign, part] if kept else ["", part]
    return "".join(kept)
