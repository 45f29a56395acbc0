# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""Tell which names are one agency's, and whose a host is.

An agency that signs in two languages, in short and in full, is credited once. A
host in an identifier (`urn:newsml:epa.eu:...`, `http://tt.se/...`) says who sent
the copy where nothing else does.
"""

import re

# One house a line, lower case, as `saved_text.spelling.plain` spells it.
_HOUSES = """
ap|associated press|the associated press|ассошиэйтед пресс|ап
afp|agence france-presse|agence france presse|афп|франс пресс|франс-пресс
reuters|thomson reuters|рейтер|ройтерс
dpa|deutsche presse-agentur|дпа
sda|ats|keystone-sda|keystone-ats|keystone-sda-ats|sda-ats
epa|epa-efe|european pressphoto agency
cp|the canadian press|canadian press|la presse canadienne
pa|press association|pa media
tass|itar-tass|тасс|итар-тасс
aa|anadolu|anadolu agency|anadolu ajansı|anadolu ajansi
apa|austria presse agentur
ansa|agenzia ansa
efe|agencia efe
ana-mpa|απε-μπε|απε μπε
interfax|интерфакс
ria|ria novosti|ria-novosti|риа новости|риа-новости|риа
upi|united press international
unian|униан|уніан
ukrinform|укринформ|укрінформ
belta|белта
"""
_HOUSE = {
    name: line.partition("|")[0]
    for line in _HOUSES.strip().splitlines()
    for name in line.split("|")
}
# Hosts of agencies without what stands before and behind: "files.epa.eu" -> "epa".
_SENDERS = """
ap.org=AP apnews.com=AP afp.com=AFP reuters.com=Reuters thomsonreuters.com=Reuters
dpa.com=dpa dpa.de=dpa dpa-afx.de=dpa-AFX epa.eu=EPA tt.se=TT tt.nu=TT ntb.no=NTB
ritzau.dk=Ritzau stt.fi=STT lehtikuva.fi=Lehtikuva apa.at=APA ats.ch=ATS sda.ch=sda
keystone-sda.ch=Keystone-SDA keystone-ats.ch=Keystone-ATS keystone.ch=Keystone
awp.ch=awp ansa.it=ANSA efe.com=EFE efe.es=EFE lusa.pt=Lusa anp.nl=ANP belga.be=Belga
pressassociation.com=PA pa.media=PA pamedia.com=PA thecanadianpress.com=CP
cp.org=CP aap.com.au=AAP pap.pl=PAP pap.com.pl=PAP ctk.cz=ČTK ceskenoviny.cz=ČTK
tasr.sk=TASR sita.sk=SITA mti.hu=MTI hina.hr=HINA tanjug.rs=Tanjug sta.si=STA
fena.ba=FENA bta.bg=BTA agerpres.ro=Agerpres ana-mpa.gr=ANA-MPA ana.gr=ANA-MPA
amna.gr=ANA-MPA tass.ru=TASS tass.com=TASS itar-tass.com=TASS interfax.ru=Interfax
interfax.com.ua=Interfax-Ukraine ria.ru=РИА unian.net=UNIAN unian.ua=UNIAN
ukrinform.ua=Ukrinform belta.by=BelTA elta.lt=ELTA leta.lv=LETA bns.ee=BNS bns.lt=BNS
kyodo.co.jp=Kyodo kyodonews.net=Kyodo jiji.com=Jiji xinhuanet.com=Xinhua
yna.co.kr=Yonhap aa.com.tr=Anadolu irna.ir=IRNA ptinews.com=PTI antaranews.com=Antara
bernama.com=Bernama upi.com=UPI gettyimages.com=Getty bbc.co.uk=BBC bbc.com=BBC
"""
_SENDER = dict(pair.split("=") for pair in _SENDERS.split())
_URN = re.compile(r"urn:(?:newsml|iptc|x-newsml):(?P<host>[\w.-]+):", re.IGNORECASE)
_TAG = re.compile(r"tag:(?P<host>[\w-]+(?:\.[\w-]+)+),\d{4}", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://(?P<host>[\w.-]+)", re.IGNORECASE)


def house_of(name: str) -> str:
    """Name the house of an agency; a name that no row has is its own.

    Args:
        name: as `plain` spells it.
    """
    return _HOUSE.get(name, name)


def sender_of(host: str) -> str:
    """Name whose a host is; a host that no row has stands for itself."""
    parts = host.lower().split(".")
    tails = (".".join(parts[n:]) for n in range(len(parts) - 1))
    return next((_SENDER[tail] for tail in tails if tail in _SENDER), host)


def sender_in(guid: str | None) -> str | None:
    """Read who sent an item out of its identifier; None where it names no host.

    A URN names its provider; a tag or an address counts only where a row has it.
    """
    urn = _URN.match(guid or "")
    if urn is not None:
        return sender_of(urn["host"])
    other = _TAG.match(guid or "") or _ADDRESS.match(guid or "")
    named = sender_of(other["host"]) if other else None
    return named if other and named != other["host"] else None
