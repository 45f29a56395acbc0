# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""List names of agencies besides those that saved pages know, by region, as data.

Spelled as `saved_text.spelling.plain` spells them.
"""

# Names of one word.
_SHORT = """
ians
ap afp dpa apa ats sda awp efe ansa tass upi pti pa aap cp ntb tt stt ritzau belga anp
pap ctk čtk mti bta lusa ana-mpa ana anadolu aa kyodo jiji xinhua yonhap bernama antara
reuters bloomberg interfax interfax-ukraine belta afx dpa-afx sid kna epd ddp dapd cna
un ria tanjug hina sta tasr bns elta leta ert agerpres
trend lusa vna interfax.ru рбк азертадж азэртадж тасс интерфакс белта риа укринформ
укрінформ azərtac lehtikuva keystone-sda keystone-ats
upi adnkronos agi italpress télam telam notimex dha iha rtr app ani bss unb antara beta
απε-μπε απε μπε fena srna sita makfax regnum росбалт новости-грузия
armenpress azertac azertag kazinform kabar akipress mediamax унн sputnik
"""
# Western and central Europe, the Nordic and Baltic countries, the Balkans.
_EUROPE = """
epa epa-efe askanews dire europapress servimedia colpisa keystone keystone-sda-ats
scanpix ritzau-scanpix amna mediafax rador infotag ipn moldpres
bgnes makfax srna kosovapress atsh
mina
"""
# Russia and its neighbours, in both scripts.
_EAST = """
itar-tass ria-novosti прайм тасс-прайм belapan белапан белта unian
rbc rbk-ukraina rbc-ukraine рбк-україна арменпресс медиамакс
азертаг апа тренд туран кабар 24.kg аки аки-пресс акипресс казинформ qazinform
қазинформ қазақпарат казтаг kaztag ховар khovar asia-plus uza ўза уза
tdh montsame монцамэ танјуг бета срна фена миа бта бгнес хина
"""
# Near East, north Africa, Iran, south and central Asia.
_SOUTH = """
irna isna mehr fna tasnim ilna iqna yjc shana icana fars bakhtar pajhwok
mena wafa sana spa wam petra kuna qna bna ona saba ina nna aps tap lana map maan
app ppi apna nni pti uni bss unb ani lankapuvath
anka dha iha ایرنا ایسنا ایلنا تسنیم فارس مهر باختر پژواک
وفا سانا واس بترا قنا وام كونا بنا سبأ وات واج
"""
# The rest of Asia, Australia, Africa, America.
_WORLD = """
ttxvn vna tna kpl akp spk kcna yna newsis news1 mna pna antaranews
nzpa nzn pina
ena gna nan shabait angop panapress amap apanews
inforpress ziana zanis nampa sapa lena
abi andes agn ain abn avn prela ips aim
"""
_LONG = {"the canadian press", "canadian press", "press association"}
_LONG |= {
    "agence france-presse",
    "thomson reuters",
    "the associated press",
    "associated press",
    "getty images",
    "europa press",
    "prensa latina",
    "deutsche presse-agentur",
    "austria presse agentur",
    "united press international",
    "press trust of india",
    "australian associated press",
    "agência lusa",
    "agência brasil",
    "agencia efe",
    "agenzia ansa",
    "anadolu ajansı",
    "kyodo news",
    "jiji press",
    "xinhua news agency",
    "yonhap news agency",
    "yonhap news",
    "vietnam news agency",
    "saudi press agency",
    "emirates news agency",
    "mehr news agency",
    "fars news agency",
    "tasnim news agency",
    "ritzau scanpix",
    "pa media",
    "ntb scanpix",
    "ria novosti",
    "риа новости",
    "укринформ",
    "интерфакс-украина",
    "thông tấn xã việt nam",
    *(
        "أ ف ب",
        "ا ف ب",
        "رويترز",
        "د ب أ",
        "أ ب",
        "وفا",
        "سانا",
        "واس",
        "بترا",
        "أ ش أ",
    ),
    *("قنا", "وام", "كونا", "الأناضول", "شينخوا", "سبوتنيك", "تاس"),
    *("中央社", "中新社", "中通社", "美聯社", "法新社", "路透社", "朝中社", "越通社"),
    *("共同", "時事", "ロイター", "新华社", "新華社", "연합뉴스", "뉴시스", "뉴스1"),
    *("ինտերպրես", "արմենպրես", "ինտերֆաքս", "ინტერპრესნიუსი", "ინტერფაქსი"),
}
# Those that copy names so often that three bare letters are enough.
SURE = frozenset(_SHORT.split())
AGENCIES = SURE | frozenset(f"{_EUROPE}{_EAST}{_SOUTH}{_WORLD}".split()) | _LONG
# Words of some language, or names of people: an agency in capitals alone.
_WORDS_TOO = (
    "dire mia apa ana map tap spa ina ona uni lena ena nan aim ain abi andes lana sana"
    " petra saba anka mina aps nzn un app ani тренд апа аки уза миа прайм хина туран"
    " сана"
)
IN_CAPITALS = frozenset(_WORDS_TOO.split())
