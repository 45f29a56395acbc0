# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""List the words of which marks of internal use are made, by meaning, as data.

A mark is a label all of whose words stand here ("Nur für den internen Gebrauch:"); no
list of phrases is as long as the phrases of desks. Each is a whole word as
`saved_text.spelling.plain` spells it; Chinese and Japanese part no words: see RUNS.
"""

import re


def _whole(words: str) -> re.Pattern[str]:
    return re.compile("|".join(words.split()))


# "Not". What is forbidden ("Publication interdite:") is news.
NOT = _whole(
    """
not never no non nicht kein\\w* ne n pas nie niet ej inte ikke ei não nao nu nem není
neni nejsou не ні jo mos değil(?:dir)? deyil емес эмес emas däl нест набояд түгел نیست
نشود غیر غیرقابل ممنوع یمنع لا لیس لیست نہیں نه نشی ոչ չի չէ մի არ არა לא אין אסור μη
μην όχι δεν mitte nav neskelbti nepublicēt neviešinti nezveřejňovat nezverejňovať
nepublikovat nepublikovať neobjavljivati необјављивати yay[ıi][mn]lanma[mzsy]\\w*
yay[ıi][mn]lamay[ıi]n 금지 불가 말 것
"""
)
# "Publish", "broadcast", "print".
PUBLISH = _whole(
    """
publi(?:c(?!ad|at(?!i))|k|q|sh(?!ed))\\w* publier pubblic(?!at)\\w* публікаці\\w*
публікувати broadcast\\w* transmi\\w+ distribut\\w* release print air diffus\\w*
diffond\\w* difu\\w+ divulg\\w+ veröffentlich(?!t\\b)\\w* sende\\w* verbreit\\w*
weitergabe offentligg?j\\w* offentliggör\\w* julkais\\w* julkisuuteen stampa
публикаци\\w+ публик(?:ова|ува)\\w+ опубликованию печат\\w* друк\\w* распростран\\w*
поширен\\w* эфир\\w* ефір\\w* розповсюдж\\w* апублікав\\w* распаўсюд\\w* эфіру
објав\\w* објављ\\w* објављив\\w* објавув\\w* objav\\w* objavlj\\w* emitovan\\w*
emitiran\\w* zveřejn\\w* zverejn\\w* vysíl\\w* publikac\\w* rozpowszechn\\w* druku
emisji közl\\w* megjelen\\w* nyilvános\\w* difuz\\w* botim\\w* yay[ıi][mn]\\w*
yayım\\w* dərc\\w* nəşr\\w* çap\\w* yayıla\\w* жариял\\w* жарыял\\w* басып\\w*
nashr\\w* chop e'lon neşir нашр\\w* чоп бастыр\\w* нәшр\\w* баҫтыр\\w* нашр انتشار چاپ
منتشر پخش نشر شایع اشاعت شائع (?:ال|لل|ل)?نشر ینشر تنشر (?:ال|لل)?بث (?:لل)?تداول
خپرول\\w* خپرولو خپرېدو خپریدو հրապարակ\\w* տպագր\\w* გამოსაქვეყნ\\w* გამოქვეყნ\\w*
ბეჭდ\\w* לפרסום פרסום לפרסם לשידור להפצה δημοσί\\w* δημοσιε\\w* μετάδοση avalda\\w*
publicēš\\w* skelb\\w* vieš\\w* neskelbti nepublicēt neviešinti nezveřejňovat
nezverejňovať nepublikova\\w+ neobjavljivati необјављивати 보도 공개 게재 배포 출판
방송
"""
)
# "Internal", "confidential", "official" as a desk calls it.
INTERNAL = _whole(
    """
intern(?!et)\\w{0,4} intern?[ăaeіí] inhouse in-house confiden[ctz]\\w+ eyes dienst
dienstlich\\w* dienstgebrauch vertraulich\\w* geheim\\w* reservad\\w* riservat\\w*
vertrouwelijk\\w* fortroli\\w* förtroli\\w* konfiden\\w+ konfident\\w* interní\\w*
interný\\w* vnitřní\\w* důvěrn\\w* služebn\\w* vnútorn\\w* dôvern\\w* služobn\\w*
notranj\\w* zaupn\\w* povjerljiv\\w* poverljiv\\w* služben\\w* interno\\w*
wewn[eę]trzn\\w* poufn\\w* służbow\\w* bels[őo]\\w* bizalmas\\w* szolgálati sisäi\\w*
luottamuksel\\w* brendshëm brendshme brendshem konfidencial\\w* secret\\w* secreto
dahili içi İçi iç İç gizli\\w* kurumi[çc]i hizmete daxili məxfi\\w* xidməti ішкі құпия
қызметтік қызмет ички купуя кызматтык ichki maxfiy xizmat\\w* махфий içerki gizlin
gulluk дохил[иӣ] махф[иӣ] хизмат[иӣ] эчке яшерен хезмәт эске йәшерен хеҙмәт чоьхьара
служебн\\w* внутренн\\w* конфиденциальн\\w* секретн\\w* службов\\w* внутрішн\\w*
конфіденційн\\w* таємн\\w* [уў]нутран\\w* канфідэнцыйн\\w* вътрешн\\w* поверителн\\w*
внатрешн\\w* доверлив\\w* службен\\w* поверљив\\w* интерн(?!ет)\\w{0,3} داخلی درونی
محرمانه سری (?:ال|لل)?داخلی(?:ة|ه)? سری(?:ة|ه) اندرونی خفیہ محرم ներքին գաղտնի
ծառայողական շიდა შიდა შინაგან\\w* კონფიდენციალურ\\w* სამსახურებრივ\\w* פנימי\\w* פנימית
סודי\\w* חסוי εσωτερικ\\w* εμπιστευτικ\\w* απόρρητ\\w* υπηρεσιακ\\w* sisemi\\w*
ametkondlik\\w* konfidentsiaal\\w* iekšēj\\w* dienesta vidin\\w* vidaus tarnybin\\w*
내부 내부용 대외비 비공개
"""
)
# "Use", "information": what is internal.
USE = _whole(
    """
use usage uz uses utilisation uso usos gebrauch\\w* dienstgebrauch verwendung info
information\\w* informaci[oó]n informaciones informazion\\w* informaç\\w+ informatie
memo utiliz\\w* utiliss?\\w* utilizz\\w* bruk användning brug käyttöön käyttö\\w*
gebruik użyt\\w* wiadomości informacj\\w* informac\\w* použit\\w* potřeb\\w* potreb\\w*
uporab\\w* upotreb\\w* употреб\\w* ползван\\w* использован\\w* пользован\\w*
информаци\\w* сведени\\w* користуван\\w* використан\\w* інформаці\\w* відомост\\w*
інфармацы\\w* карыстан\\w* выкарыстан\\w* használat\\w* tájékoztat\\w* információ\\w*
informare\\w* informații përdorim\\w* informacion\\w* kullan[ıi]m\\w* bilgi\\w* özel
istifadə\\w* məlumat\\w* пайдалану\\w* файҙалан\\w* ақпарат\\w* пайдаланууга
маалымат\\w* foydalanish\\w* ma'lumot\\w* peýdalanmak\\w* ulanmak\\w* maglumat\\w*
истифода\\w* маълумот\\w* файдалан\\w* мәгълүмат\\w* мәғлүмәт\\w* хаам\\w* استفاده
اطلاع اطلاعات مصرف کاربرد (?:ال|لل|ل)?استخدام استعمال (?:ال|لل)?استعمال معلومات
(?:لل|ال|ل)?اطلاع (?:لل|ل)?علم کارولو کارونې օգտագործ\\w* տեղեկատվ\\w* տեղեկություն\\w*
გამოყენებ\\w* სარგებლობ\\w* მოხმარებ\\w* ინფორმაცი\\w* שימוש לשימוש מידע לידיעה
χρήση\\w* χρήσης ενημέρωση\\w* πληροφορ\\w* kasut\\w* teave teabeks lietošan\\w*
informācij\\w* naudojim\\w* naudoti informacij\\w* 사용 자료 참고 참고용 사용용
"""
)
# "Only", "strictly".
ONLY = _whole(
    """
only strictly exclusively eyes nur ausschließlich streng strikt uniquement seulement
exclusivement strictement solo sólo únicamente exclusivamente estrictamente soltanto
solamente esclusivamente strettamente apenas somente só alleen uitsluitend endast kun
bare vain ainoastaan tylko wyłącznie ściśle pouze jen výhradně iba len výlučne samo
isključivo strogo само искључиво единствено исклучиво строго только исключительно
тільки лише виключно суворо толькі выключна csak kizárólag szigorúan numai doar
exclusiv strict vetëm rreptësisht sadece yaln[ıi]z(?:ca)? ancaq тек ғана гана генә ғына
гына faqat diňe танҳо фақат бары тик فقط صرفا حصرا صرف یوازې միայն խիստ მხოლოდ მკაცრად
בלבד רק μόνο αποκλειστικά ainult üksnes tikai tik izključno hanya 전용 만
"""
)
# "Editors", "desk": for whom it is.
EDITORS = _whole(
    """
editors? editors'? editor'?s? eds? desks? newsrooms? newsdesk redaktion\\w*
redakteur\\w* redaktør\\w* redaktör\\w* redaksjon\\w* rédact\\w* r[eé]dac\\w* redac\\w*
redaz\\w* redatt\\w* redator\\w* redatores editores éditeurs toimitu\\w* redakc\\w*
urednic\\w* urednik\\w* uredni[šs]\\w* редакц\\w* редактор\\w* редакто\\w* рэдак\\w*
уредни\\w* szerkeszt\\w* redacți\\w* redaksi\\w* redaktor\\w* editör\\w* edit[öo]r\\w*
muharrir\\w* муҳаррир\\w* мөхәррир\\w* мөхәррирҙәр\\w* سردبیر\\w* دبیر دبیران
ویراستار\\w* تحریریه (?:ال|لل|ل)?محرر\\w* (?:ال|لل|ل)?تحریر مدیران مدیر ایڈیٹر\\w*
ادارتی ایډیټر\\w* خبریال\\w* խմբագր\\w* რედაქტორ\\w* რედაქცი\\w* עורכים לעורכים עורך
למערכת מערכת συντάκτ\\w* συντακτ\\w* αρχισυντα\\w* toimetus\\w* toimetaja\\w*
redaktori\\w* 편집자 편집부 데스크
"""
)
# "Note", "remark".
NOTE = _whole(
    """
notes? notice memo nota notas notiz\\w* hinweis\\w* anmerkung\\w* mitteilung\\w*
vermerk remarques? avvis\\w+ aviso avis noot opmerking\\w* not notu notlar\\w*
merknad\\w* bemærkning\\w* anmärkning\\w* meddelande\\w* melding\\w* huomautu\\w* huom
notatk\\w* uwag\\w* poznámk\\w* upozorn\\w+ napomen\\w* bilješk\\w* belešk\\w*
напомен\\w* белешк\\w* бележк\\w* забележк\\w* opomb\\w* заметк\\w* замечани\\w*
записк\\w* примечани\\w* сообщени\\w* примітк\\w* нотатк\\w* заўваг\\w* нататк\\w*
megjegyz\\w* feljegyz\\w* jegyzet\\w* notă notița shënim\\w* qeyd\\w* ескерт\\w*
eslatma\\w* эскерт\\w* bellik\\w* эзоҳ\\w* тавзеҳ\\w* искәрмә\\w* یادداشت توضیح نکته
توجه (?:ال)?ملاحظ\\w* (?:ال)?مذکر\\w* (?:ال)?تنبیه نوٹ یادښت նշում\\w* ծանոթ\\w*
შენიშვნ\\w* הערה הערת σημείωσ\\w* märkus\\w* piezīm\\w* pastab\\w* 메모 알림
"""
)
# To whom: "to editors", "attention"; endings that say so in languages with cases.
TO = _whole(
    """
to for attention attn achtung attenzione atención atenção an für pour aux à a al ai
agli para per alla alle aan voor til till do dla pro для до к за і[лн] внимание
вниманию увага уваге увазі pentru për dikkat\\w* [iİ]çin üçün үшін үчүн uchun üçin
барои өчен өсөн برای به توجه تنبیه (?:لل?|ل)(?:محرر|تحریر)\\w* لیے کے لپاره ته համար
თვის για προς προσοχή עבור ל לעורכים למערכת реда\\w+ам редакци[ий] уредницима
urednicima redaktorom redakcjom szerkeszt\\w+nek toimitu\\w+lle toimetajatele
редактор\\w*[гқ][аә] редакторларға խմբագիրներին რედაქტორებ\\w+ edit[öo]r\\w*ler\\w*
redaktor\\w*lara muharrirlarga redaktoriams redaktoriem
"""
)
# Alone before a colon these name things more often than they mark a text.
NEVER_ALONE = _whole(
    """
secret\\w* geheim\\w* private eyes dienst\\w* секретн\\w* таємн\\w* gizlin [iİ]çi?
қызмет xizmat\\w* служебн\\w* службов\\w* службен\\w* služebn\\w* służbow\\w*
внутрен\\w+ внутрішн\\w+ [уў]нутран\\w* вътрешн\\w* внатрешн\\w* wewn[eę]trzn\\w*
vnitřní\\w* notranj\\w* bels[őo]\\w* sisäi\\w* داخلی درونی اندرونی پټ ішкі ички ichki
эчке эске daxili dahili chop intern(?!et)\\w* інтерн\\w* интерн\\w*
"""
)
# What stands between them and says nothing.
BETWEEN = _whole(
    """
for the to of and s do à or a an as this these is are be being by from our your please
any further all own für den die das der dem des zur zum und oder bestimmt gedacht nur
bitte pour la le les l au aux en et ou de du d sa être destin\\w+ usage para el los las
y o su se per alla alle ai il lo gli e ed ad da al allo dell del della com às aos ao
voor om te av för till qilish etmek е til og och eller ja tai dla i na w lub oraz jest
są przeznaczon\\w* pro k ke že určen\\w* pre za u ili je namijenjen\\w* namenjen\\w*
намењен\\w* наменет\\w* предназначен\\w* призначен\\w* прызначан\\w* к для и или в до
та і й або се след és vagy az pentru și sau este për dhe të ve veya [iİ][çc]in
[iİ][çc]indir ama[çc]l[ıi]\\w* üçün və üçündür үшін және үчүн жана uchun va üçin we
барои ва өчен өсөн чун хьалха برای و به جهت در را یا است قابل این هذا هذه من فی الی إلی
أو ال مخصص\\w* معد\\w* کے لیے کی کو د لپاره ته ده دی համար և ի ու է და თვის არის
განკუთვნილი עבור ו של ל για και ή της την των τους στη η το προς σε ir un tarbeks jaoks
attention achtung attenzione atención atenção attn внимание увага вниманию уваге увазі
用 을 를 에 의 ها های
"""
)
# The same where no blank parts the words.
RUNS = tuple(
    (meaning, re.compile(words))
    for meaning, words in (
        ("only", "仅供|仅限|仅|僅供|僅限|只供|只限|限于|のみ|限り|限定"),
        ("not", "不得|不要|不可|不供|不宜|勿|请勿|請勿|禁止|严禁|嚴禁|禁|不|非"),
        (
            "publish",
            "对外发布|公开发表|发表|發表|发布|發布|發佈|刊登|刊载|刊發|刊发|公开|公開|外传|外傳",
        ),
        ("publish", "外泄|播出|报道|報道|報導|出版|公表|掲載|放送|传播|傳播|见报"),
        ("internal", "内部|內部|机密|機密|保密|绝密|秘密|社内|社外秘|部外秘|極秘|内参"),
        ("use", "参考|參考|使用|资料|資料|传阅|傳閱|掌握|信息|情報|用"),
        ("editors", "编辑部|編輯部|编辑|編輯|编者|編者|編集部|編集者|編集|デスク|采编"),
        ("to", "注意|提示|致|给|給|向け|への"),
        ("note", "备注|備註|说明|說明|附注|注記|メモ|注"),
        ("between", "供|的|及|与|和|对|對|请|請|は|の|へ|及び|为|為|[,，、/]"),
    )
)
