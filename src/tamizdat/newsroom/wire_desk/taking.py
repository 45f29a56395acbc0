"""Begin a story from a wire item, and say which paragraphs of it were used.

Source: docs/decisions/0047-the-wire-desk.md.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tamizdat.edition.foreign import FOREIGN, likeness
from tamizdat.newsroom import actions
from tamizdat.newsroom.blocks import stream_of
from tamizdat.newsroom.credits import used
from tamizdat.newsroom.credits.agencies import ids_of
from tamizdat.newsroom.credits.composing import compose, follow
from tamizdat.newsroom.errors import CopyError
from tamizdat.newsroom.models import (
    Article,
    ArticlePage,
    ForeignWords,
    KeptItem,
    ServicePage,
    WireUse,
)
from tamizdat.newsroom.rights import may, require
from tamizdat.newsroom.turns import take_turn
from tamizdat.newsroom.wire_desk import alerts, standing
from tamizdat.newsroom.wire_desk.drafts import draft_of, named
from tamizdat.newsroom.wire_desk.texts import agencies_of, words_of_block
from tamizdat.wire.items import WireItem, read_item


def item_of(row: KeptItem) -> WireItem:
    """Read a row as the item it was; usable, where somebody decided that it is."""
    item = read_item(row.item)
    if row.revived is None:
        return item
    return replace(item, pubstatus="usable", signal=None)


@transaction.atomic
def begin(
    row: KeptItem,
    service: ServicePage,
    actor: Any,
    chosen: Collection[int] | None = None,
) -> ArticlePage:
    """Draft an article from an item; nothing of it goes out by itself.

    Args:
        row: the item.
        service: whose desk takes it; the section is left to an editor.
        actor: the account that takes it; None for the newsroom's own commands.
        chosen: places of blocks in its body; None takes all.

    Raises:
        CopyError: it was withdrawn or superseded, is no text, or nothing of it is
            chosen.
        RightError: the account may begin no article in this service.
    """
    item = _usable(row, service, actor)
    places = _places(item, chosen)
    part = replace(item, body=tuple(item.body[at] for at in places))
    begun = draft_of(part, service.language)
    ids = ids_of(agencies_of(item, row.source))
    begun["credit_line"] = compose(ids, service.language) or begun["credit_line"]
    begun["foreign"] = named(item, begun, service.language)
    page = actions.create_article(service, actor=actor, **begun)
    _note(row, page, places, item, actor)
    return page


@transaction.atomic
def add(
    row: KeptItem,
    page: ArticlePage,
    actor: Any,
    chosen: Collection[int] | None = None,
) -> ArticlePage:
    """Put paragraphs of an item at the end of a draft, saved as its newest state.

    Raises:
        CopyError, RightError: as `begin`.
    """
    take_turn(page.pk)
    item = _usable(row, page.service, actor)
    places = _places(item, chosen)
    fresh = ArticlePage.objects.get(pk=page.pk)
    draft: ArticlePage = fresh.get_latest_revision_as_object()
    part = replace(item, body=tuple(item.body[at] for at in places))
    language = page.service.language
    blocks = draft_of(part, language)
    draft.body.extend(stream_of(blocks["body"]))
    _name(draft, named(item, {"body": blocks["body"]}, language))
    before = used.on_record(draft)
    after = [*before, *ids_of(agencies_of(item, row.source))]
    draft.credit_line = follow(draft.credit_line, before, after, language)
    draft.save_revision(user=actor)
    _note(row, page, places, item, actor)
    return draft


def _name(draft: ArticlePage, rows: Sequence[Mapping[str, str]]) -> None:
    """Name words in a draft, too; what editors named of them stays as they did."""
    known = list(draft.foreign_rows.all())
    said = {likeness(row.words) for row in known}
    fresh = [ForeignWords(**row) for row in rows if likeness(row["words"]) not in said]
    whole = [*known, *fresh[: max(0, FOREIGN - len(known))]]
    for order, row in enumerate(whole):
        row.sort_order = order
    draft.foreign_rows = whole


def agencies_used(article: Article) -> list[str]:
    """List the agencies whose copy an article used, each once, in order of use.

    Names are as the copy prints them, or as its source says.
    """
    return [name for name in names_used(article) if name]


def names_used(article: Article) -> list[str]:
    """List the same; "" among them where nobody says whose a piece of copy is."""
    uses = WireUse.objects.filter(article=article).select_related("item__source")
    named = [
        name
        for use in uses.order_by("time", "pk")
        for name in agencies_of(item_of(use.item), use.item.source)
    ]
    return list(dict.fromkeys(named))


def _usable(row: KeptItem, service: ServicePage, actor: Any) -> WireItem:
    """Read an item that a service may use, or say why it may not.

    Raises:
        CopyError, RightError: as `begin`.
    """
    if actor is not None and not may(actor, "translate", service):
        require(actor, "write", service)
    if not row.source.services.filter(pk=service.pk).exists():
        raise CopyError(_("This copy does not come to this service."))
    if row.erased is not None:
        raise CopyError(_("Its text is no longer kept."))
    chain = KeptItem.objects.filter(chain=row.chain, newest=True)
    if standing.is_withdrawn(row) or any(map(standing.is_withdrawn, chain)):
        raise CopyError(_("The agency has withdrawn this copy."))
    if not row.newest:
        raise CopyError(_("A newer version is here: use that one."))
    if row.kind != "text":
        raise CopyError(_("It is no text: nothing to begin a story from."))
    return item_of(row)


def _places(item: WireItem, chosen: Collection[int] | None) -> list[int]:
    every: Sequence[int] = range(len(item.body))
    places = [at for at in every if chosen is None or at in chosen]
    if not places:
        raise CopyError(_("Choose at least one paragraph."))
    return places


def _note(
    row: KeptItem,
    page: ArticlePage,
    places: Sequence[int],
    item: WireItem,
    actor: Any,
) -> None:
    """Note what was used; the story keeps the embargo of its copy, or waits with it."""
    now = timezone.now()
    taken = [[at, words_of_block(item.body[at])] for at in places]
    use, made = WireUse.objects.get_or_create(
        article=page.article,
        item=row,
        defaults={"paragraphs": taken, "time": now, "actor": actor},
    )
    if not made:
        known = {at for at, _text in use.paragraphs}
        more = [pair for pair in taken if pair[0] not in known]
        use.paragraphs = sorted([*use.paragraphs, *more])
        use.save(update_fields=["paragraphs"])
    alerts.close_by_taking(page.article, row, actor, now)
    alerts.inherit_embargo(page.article, row.embargo, now)
    alerts.hold(page.article, row, now)
