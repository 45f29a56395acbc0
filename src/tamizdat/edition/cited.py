"""Take out of a cited address what tells who led a reader there.

A link that is copied from an app carries marks of the person who copied it and of the
way it went. Who follows it tells the site both; so editions carry none of
those below, where they are spelt as their makers spell them.

Source: parameters as their makers document them: Google Analytics and Ads (`utm_`,
`gclid`, `dclid`, `gbraid`, `wbraid`, `srsltid`), Meta (`fbclid`, `igsh`, `igshid`),
Yandex (`yclid`, `ysclid`, `ymclid`, `_openstat`), Microsoft (`msclkid`), X (`twclid`,
`ref_src`), TikTok (`ttclid`), LinkedIn (`li_fat_id`, `trk`), Mailchimp (`mc_cid`,
`mc_eid`), HubSpot (`_hsenc`, `_hsmi`), Adobe (`mkt_tok`, `s_cid`), AT Internet
(`xtor`), Echobox, Matomo (`mtm_`, `pk_`).
"""

import re

_TRACKERS = re.compile(
    r"(?:utm|mtm|pk)_\w+|(?:g|d|fb|tw|tt|y|ys|ym)clid|msclkid|[gw]braid|srsltid|gclsrc"
    r"|igsh(?:id)?|_openstat|ref_src|li_fat_id|trk|mc_[ce]id|_hs(?:enc|mi)|mkt_tok|s_cid"
    r"|xtor|echobox",
    re.ASCII | re.IGNORECASE,
)


def untracked(address: str) -> str:
    """Leave out the parameters of a query or fragment that name a way or a person.

    Everything else stays as it is spelt, but for a sign with nothing behind it.
    """
    page, _, fragment = address.partition("#")
    path, _, query = page.partition("?")
    for mark, parameters in (("?", query), ("#", fragment)):
        path += f"{mark}{kept}" if (kept := _without(parameters)) else ""
    return path


def _without(parameters: str) -> str:
    parts = parameters.split("&")
    return "&".join(
        one for one in parts if not _TRACKERS.fullmatch(one.partition("=")[0])
    )
