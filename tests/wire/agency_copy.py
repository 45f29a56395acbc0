"""Copy in JSON as agencies send it, with the habits that the parsers must bear."""

AP = {
    "api_version": "2.2",
    "data": {
        "updated": "2026-03-04T10:00:00Z",
        "items": [
            {
                "meta": {"score": 1.5},
                "item": {
                    "uri": "https://api.example/content/0aa1?qt=KEY",
                    "altids": {
                        "itemid": "0aa1",
                        "etag": "0aa1_3a1c0",
                        "friendlykey": "26",
                    },
                    "version": 3,
                    "type": "text",
                    "urgency": 4,
                    "language": "en",
                    "versioncreated": "2026-03-04T09:58:00Z",
                    "firstcreated": "2026-03-04T07:01:00Z",
                    "pubstatus": "usable",
                    "ednote": "UPDATES: With the vote.",
                    "editorialrole": "FullStory",
                    "editorialtypes": ["Writethru"],
                    "signals": ["newscontent", "isnotdigitized"],
                    "fixture": {"code": "19", "name": "AP Daily"},
                    "slugline": "EX--Valley-Bridge",
                    "headline": "Valley votes for a bridge",
                    "headline_extended": "Valley votes for a bridge after a flood",
                    "bylines": [
                        {
                            "by": "By FIRST HAND and SECOND HAND",
                            "title": "Associated Press",
                        }
                    ],
                    "located": "RIVERTON",
                    "copyrightnotice": "Copyright 2026 The Associated Press.",
                    "usageterms": ["Not for sale.", "No archive."],
                    "subject": [
                        {
                            "name": "General news",
                            "scheme": "http://cv.ap.org/id/",
                            "code": "f25a",
                        }
                    ],
                    "infosource": [{"name": "AP", "type": "AgencySource"}],
                    "description_summary": "A bridge is to be built.",
                    "editor": {"name": "staff@example.org"},
                    "renditions": {
                        "nitf": {
                            "type": "text",
                            "rel": "Story",
                            "href": "https://api.example/content/0aa1/download?apikey=KEY",
                        }
                    },
                    "associations": {
                        "1": {
                            "uri": "https://api.example/content/0bb2",
                            "altids": {"itemid": "0bb2"},
                            "type": "picture",
                            "headline": "Bridge",
                            "description_caption": "The old bridge.",
                            "photographer": {"name": "A Photographer"},
                            "renditions": {
                                "main": {
                                    "href": "https://api.example/0bb2.jpg",
                                    "mimetype": "image/jpeg",
                                    "width": 3000,
                                    "height": 2000,
                                }
                            },
                        }
                    },
                    "body_nitf": (
                        "<nitf><body><body.head><hl1>Valley votes</hl1></body.head>"
                        "<body.content><block><p>RIVERTON (AP) \u2014 The valley"
                        " voted for a bridge.</p><p>Work begins in May.</p>"
                        "</block></body.content></body></nitf>"
                    ),
                },
            }
        ],
    },
}

DPA = {
    "version": "2",
    "urn": "urn:newsml:dpa.com:20090101:260304-99-000001",
    "entry_id": "9a",
    "version_created": "2026-03-04T11:00:00+01:00",
    "content_created": "2026-03-04T10:00:00+01:00",
    "pubstatus": "usable",
    "language": "de",
    "urgency": 4,
    "kicker": "Tal",
    "headline": "LEAD 1: Das Tal bekommt eine Br\u00fccke",
    "teaser": "Nach der zweiten Flut wird gebaut.",
    "byline": "Von Erste Schreiberin und Zweiter Schreiber, dpa",
    "creditline": "dpa",
    "copyrightnotice": "Alle Rechte vorbehalten",
    "embargoed": None,
    "categories": [
        {"type": "dnltype:dpasubject", "qcode": "dpacat:vm", "name": "Vermischtes"},
        {"type": "dnltype:subject", "qcode": "subj:11000000", "name": "Politik"},
    ],
    "article_html": (
        '<section class="main"><p>Flusstal (dpa) - Das Tal bekommt eine Br\u00fccke.'
        " Das sagte der Rat am Mittwoch.</p><p></p><h2>Baubeginn im Mai</h2>"
        "<p>Die Arbeiten beginnen im Mai.</p><table><tr><th>Jahr</th><th>Kosten</th>"
        "</tr><tr><td>2026</td><td>3</td></tr></table></section>"
    ),
    "notepad": {
        "header_html": "<h2>Notizblock</h2>",
        "nonpublic_html": "<p>Redaktion: +49 30 5550100, desk@example.org</p>",
    },
    "ednotes": [
        {"role": "dpaednoterole:correctionshort", "ednote": "(Berichtigung: Mai)"},
        {"role": "dpaednoterole:closingline", "ednote": "dpa ab yyzz cd n1 ef"},
    ],
    "associations": [
        {
            "urn": "urn:newsml:dpa.com:20090101:260304-99-000002",
            "rank": 1,
            "type": "image",
            "headline": "Br\u00fccke",
            "caption": "Die alte Br\u00fccke",
            "creditline": "Foto: Dritte Person/dpa",
            "renditions": [
                {
                    "url": "https://img.example/1.jpg",
                    "mimetype": "image/jpeg",
                    "width": 800,
                }
            ],
        }
    ],
}

NINJS = {
    "uri": "urn:example:1",
    "type": "text",
    "versioncreated": "2026-03-04T11:00:00Z",
    "headline": "The valley votes",
    "body_html": "<p>The valley voted for a bridge.</p><p>Work begins in May.</p>",
}
