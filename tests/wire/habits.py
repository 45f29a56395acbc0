"""Write copy in the shapes of agencies, and read the one item of it."""

from tamizdat.wire.parsers import parse

SAID = "The council voted for a bridge in the valley."


def item_of(copy):
    """Parse copy that holds one item."""
    data = copy if isinstance(copy, bytes) else copy.encode()
    return parse(data, "copy")[0].to_json()


def texts(item):
    """List the texts of all blocks."""
    return [block["text"] for block in item["body"]]


def nitf(*paragraphs, head="", hedline="<hl1>Bridge</hl1>"):
    """Write NITF and read it."""
    text = "".join(f"<p>{one}</p>" for one in paragraphs)
    body = f"<body.head><hedline>{hedline}</hedline>{head}</body.head>"
    whole = f"<nitf><body>{body}<body.content>{text}</body.content></body></nitf>"
    return item_of(whole)


def g2(body, signal="sig:update"):
    """Write a NewsML-G2 item."""
    return (
        '<newsItem guid="x" xmlns="http://iptc.org/std/nar/2006-10-01/"><itemMeta>'
        f'<provider literal="TT"/><signal qcode="{signal}"/></itemMeta><contentMeta>'
        f"<headline>Bron</headline></contentMeta><contentSet><inlineXML>{body}"
        "</inlineXML></contentSet></newsItem>"
    )
