# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""List agencies: the names each has, language by language, and whose it is.

A line is `id | state | names | language names | ...`. `state` is an ISO 3166-1 code
where a government owns the agency and nothing keeps it out of what it writes, else
`-`. Of several names, parted by semicolons, readers see the first; the others are read
in copy. A language that has none takes that of a language its readers know in the same
script, else the first, in Latin letters. Names are given in the form of a list: none of
them is bent by what stands before it.
"""

TABLE = """
ap | - | AP; Associated Press; The Associated Press
 | ru АП; Ассошиэйтед Пресс | uk АП; Ассошіейтед Прес | be АП | bg АП; Асошиейтед прес
 | mk АП | fa آسوشیتدپرس; آسوشیتد پرس; اسوشیتدپرس; ای پی | ka ასოშიეიტედ პრესი
reuters | - | Reuters; Thomson Reuters
 | ru Рейтер; Ройтерс | uk Рейтер; Рейтерс | be Рэйтэр; Рэйтар | bg Ройтерс
 | mk Ројтерс | fa رویترز; رویتر | ka როიტერი; როიტერსი; რეიტერი
 | hy Ռոյթերս; Ռեյթեր
afp | - | AFP; Agence France-Presse; Agence France Presse
 | ru АФП; Франс Пресс; Франс-Пресс | uk АФП; Франс-Прес | be АФП; Франс-Прэс
 | bg АФП; Франс прес | mk АФП
 | fa خبرگزاری فرانسه; فرانس‌پرس; فرانسپرس; ای‌اف‌پی; ای اف پی
 | ka ფრანს პრესი
dpa | - | dpa; Deutsche Presse-Agentur | ru ДПА | uk ДПА | be ДПА | bg ДПА | mk ДПА
 | fa خبرگزاری آلمان; دپا; دی پی ای
tass | RU | TASS; ITAR-TASS; ITAR TASS
 | ru ТАСС; ИТАР-ТАСС | uk ТАСС | be ТАСС | bg ТАСС | mk ТАСС
 | fa تاس; ایتارتاس; ایتار تاس | ka ტასსი; ტასს | hy ՏԱՍՍ
ria | RU | RIA Novosti; RIA-Novosti; RIA | ru РИА Новости; РИА-Новости; РИА
 | uk РИА Новости; РІА Новості | be РИА Новости; РІА Новости | bg РИА Новости
 | mk РИА Новости
 | fa ریانووستی; ریا نووستی | ka რია ნოვოსტი
sputnik | RU | Sputnik | ru Спутник | fa اسپوتنیک | ka სპუტნიკი
rt | RU | RT; Russia Today
rossiya-segodnya | RU | Rossiya Segodnya | ru Россия сегодня | uk Россия сегодня
 | be Россия сегодня | bg Россия сегодня
interfax | - | Interfax | ru Интерфакс | uk Інтерфакс | be Інтэрфакс | bg Интерфакс
 | mk Интерфакс | fa اینترفاکس | ka ინტერფაქსი | hy Ինտերֆաքս
interfax-ukraine | - | Interfax-Ukraine | ru Интерфакс-Украина | uk Інтерфакс-Україна
unian | - | UNIAN | ru УНИАН | uk УНІАН | be УНІАН
ukrinform | UA | Ukrinform | ru Укринформ | uk Укрінформ | be Укрінфарм | bg Укринформ
belta | BY | BelTA | ru БелТА; БЕЛТА | uk БелТА | be БелТА | bg БелТА
 | fa بلتا | ka ბელტა
belapan | - | BelaPAN | ru БелаПАН | uk БелаПАН | be БелаПАН
irna | IR | IRNA; Islamic Republic News Agency | ru ИРНА | uk ІРНА | fa ایرنا | ka ირნა
irib | IR | IRIB | fa صدا و سیما
press-tv | IR | Press TV; PressTV | fa پرس‌تی‌وی
isna | - | ISNA | ru ИСНА | fa ایسنا
fars | - | Fars; Fars News | ru Фарс | fa خبرگزاری فارس
tasnim | - | Tasnim | ru Тасним | fa تسنیم
mehr | - | Mehr; Mehr News | ru Мехр | fa خبرگزاری مهر
ilna | - | ILNA | fa ایلنا
hrana | - | HRANA | fa هرانا
bakhtar | AF | Bakhtar | ru Бахтар | fa باختر
pajhwok | - | Pajhwok | ru Паджвок | fa پژواک
tolonews | - | TOLOnews; Tolo News | fa طلوع‌نیوز; طلوع نیوز
xinhua | CN | Xinhua | ru Синьхуа | uk Сіньхуа | be Сіньхуа | bg Синхуа | mk Синхуа
 | fa شین‌هوا | ka სინხუა
kcna | KP | KCNA | ru ЦТАК | uk ЦТАК | bg ЦТАК
kazinform | KZ | Kazinform | ru Казинформ | kk Қазақпарат
kaztag | - | KazTAG | ru КазТАГ
azertac | AZ | AZERTAC; Azertag | ru АзерТАдж | az AZƏRTAC
turan | - | Turan | ru Туран
trend | - | Trend | ru Тренд
uza | UZ | UzA | ru УзА | uz OʻzA
kabar | KG | Kabar | ru Кабар
akipress | - | AKIpress
24kg | - | 24.kg
khovar | TJ | Khovar | ru Ховар
asia-plus | - | Asia-Plus | ru Азия-Плюс
tdh | TM | TDH
armenpress | AM | Armenpress | ru Арменпресс | hy Արմենպրես | ka არმენპრესი
interpressnews | - | InterPressNews; Interpressnews; IPN | ka ინტერპრესნიუსი
anadolu | TR | Anadolu; Anadolu Agency; Anadolu Ajansı | ru Анадолу | uk Анадолу
 | be Анадолу | bg Анадолу | mk Анадолу | fa آناتولی; آناتولی نیوز | ka ანადოლუ
mti | HU | MTI
agerpres | - | Agerpres
bta | - | BTA | bg БТА | ru БТА | mk БТА
tanjug | - | Tanjug | ru Танюг | mk Танјуг | bg Танюг
hina | - | Hina
fena | - | FENA
mia | - | MIA | mk МИА
ansa | - | ANSA | ru АНСА | fa آنسا
efe | - | EFE | ru ЭФЭ | fa افه
apa | - | APA
pa | - | PA; Press Association; PA Media
kyodo | - | Kyodo; Kyodo News | ru Киодо | fa کیودو
yonhap | - | Yonhap | ru Ёнхап | fa یونهاپ
bloomberg | - | Bloomberg | ru Блумберг | bg Блумбърг | mk Блумберг | fa بلومبرگ
bbc | - | BBC | ru Би-би-си | uk Бі-бі-сі | be Бі-бі-сі | bg Би Би Си | mk Би-би-си
 | fa بی‌بی‌سی; بی بی سی | ka ბი-ბი-სი
cnn | - | CNN | ru Си-эн-эн | fa سی‌ان‌ان
meduza | - | Meduza | ru Медуза
mediazona | - | Mediazona | ru Медиазона
current-time | - | Current Time | ru Настоящее время
"""

# How a country stands in the words about a state agency: bent or as an adjective,
# where a language asks for it, or its name, where CLDR has none.
COUNTRIES = {
    "en": {
        "RU": "Russian",
        "BY": "Belarusian",
        "UA": "Ukrainian",
        "IR": "Iranian",
        "AF": "Afghan",
        "CN": "Chinese",
        "KP": "North Korean",
        "KZ": "Kazakh",
        "AZ": "Azerbaijani",
        "UZ": "Uzbek",
        "KG": "Kyrgyz",
        "TJ": "Tajik",
        "TM": "Turkmen",
        "AM": "Armenian",
        "TR": "Turkish",
        "HU": "Hungarian",
    },
    "ru": {
        "RU": "России",
        "BY": "Беларуси",
        "UA": "Украины",
        "IR": "Ирана",
        "AF": "Афганистана",
        "CN": "Китая",
        "KP": "КНДР",
        "KZ": "Казахстана",
        "AZ": "Азербайджана",
        "UZ": "Узбекистана",
        "KG": "Кыргызстана",
        "TJ": "Таджикистана",
        "TM": "Туркменистана",
        "AM": "Армении",
        "TR": "Турции",
        "HU": "Венгрии",
    },
    "uk": {
        "RU": "Росії",
        "BY": "Білорусі",
        "UA": "України",
        "IR": "Ірану",
        "AF": "Афганістану",
        "CN": "Китаю",
        "KP": "КНДР",
        "KZ": "Казахстану",
        "AZ": "Азербайджану",
        "UZ": "Узбекистану",
        "KG": "Киргизстану",
        "TJ": "Таджикистану",
        "TM": "Туркменістану",
        "AM": "Вірменії",
        "TR": "Туреччини",
        "HU": "Угорщини",
    },
    "be": {
        "RU": "Расіі",
        "BY": "Беларусі",
        "UA": "Украіны",
        "IR": "Ірана",
        "AF": "Афганістана",
        "CN": "Кітая",
        "KP": "КНДР",
        "KZ": "Казахстана",
        "AZ": "Азербайджана",
        "UZ": "Узбекістана",
        "KG": "Кыргызстана",
        "TJ": "Таджыкістана",
        "TM": "Туркменістана",
        "AM": "Арменіі",
        "TR": "Турцыі",
        "HU": "Венгрыі",
    },
    "ba": {
        "RU": "Рәсәй",
        "BY": "Беларусь",
        "UA": "Украина",
        "IR": "Иран",
        "AF": "Афғанстан",
        "CN": "Ҡытай",
        "KP": "Төньяҡ Корея",
        "KZ": "Ҡаҙағстан",
        "AZ": "Әзербайжан",
        "UZ": "Үзбәкстан",
        "KG": "Ҡырғыҙстан",
        "TJ": "Тажикстан",
        "TM": "Төркмәнстан",
        "AM": "Әрмәнстан",
        "TR": "Төркиә",
        "HU": "Венгрия",
    },
    "crh": {
        "RU": "Rusiye",
        "BY": "Belarus",
        "UA": "Ukraina",
        "IR": "İran",
        "AF": "Afğanistan",
        "CN": "Çin",
        "KP": "Şimaliy Koreya",
        "KZ": "Qazahistan",
        "AZ": "Azerbaycan",
        "UZ": "Özbekistan",
        "KG": "Qırğızistan",
        "TJ": "Tacikistan",
        "TM": "Türkmenistan",
        "AM": "Ermenistan",
        "TR": "Türkiye",
        "HU": "Macaristan",
    },
}
