"""Let editors say in the rich text which language a passage is in.

Decides how the editor's own format holds it: as a style of letters, one a language, so
that links and emphasis may cross it. In the database it is `<span lang="fa">`. What an
editor sees of it is in static/newsroom/desk/passages.js.

Source: docs/decisions/0095-passages-in-other-languages.md.
"""

from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from draftjs_exporter.dom import DOM
from wagtail import hooks
from wagtail.admin.rich_text.converters.contentstate import style_fallback
from wagtail.admin.rich_text.converters.html_to_contentstate import (
    InlineStyleElementHandler,
)
from wagtail.admin.rich_text.editors.draftail.features import Feature
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import SelectAdapter

from tamizdat.edition.languages import direction
from tamizdat.newsroom.blocks import LanguageSelect, languages
from tamizdat.newsroom.richtext import language_of

FEATURE = "language"
STYLE = "lang-"  # before the tag, as Draftail names the style


class PassageFeature(Feature):
    """What Draftail is asked for by the script, once that is there."""

    def construct_options(self, options: dict[str, Any]) -> None:
        """Ask for nothing: an editor asked for what no script has shows no text."""


class PassageHandler(InlineStyleElementHandler):
    """Reads `<span lang>` as a style; one whose language has no name is none."""

    def __init__(self) -> None:
        super().__init__(STYLE)

    def handle_starttag(
        self, name: str, attrs: Any, state: Any, contentstate: Any
    ) -> None:
        """Begin the style of the language."""
        super().handle_starttag(name, attrs, state, contentstate)
        state.current_inline_styles[-1].style += dict(attrs)["lang"] or ""

    def handle_endtag(self, name: str, state: Any, contentstate: Any) -> None:
        """End it, and drop it where it says nothing."""
        style = state.current_inline_styles[-1]
        tag, style.style = style.style, STYLE
        super().handle_endtag(name, state, contentstate)
        style.style = tag
        if language_of(tag.removeprefix(STYLE)) is None:
            state.current_block.inline_style_ranges.remove(style)


def written(props: Any) -> Any:
    """Write a style that Draftail has for a language as the database keeps it."""
    tag = props["inline_style_range"]["style"].removeprefix(STYLE)
    if language_of(tag) is None:
        return style_fallback(props)
    return DOM.create_element("span", {"lang": tag}, props["children"])


class LanguageSelectAdapter(SelectAdapter):
    """Lets the script show a language that is not offered."""

    js_constructor = "newsroom.LanguageSelect"


register(LanguageSelectAdapter(), LanguageSelect)


@hooks.register("register_rich_text_features")
def passages(features: Any) -> None:
    """Make passages a feature of the rich text."""
    features.register_editor_plugin("draftail", FEATURE, PassageFeature())
    rule = {
        "from_database_format": {"span[lang]": PassageHandler()},
        "to_database_format": {"style_map": {"FALLBACK": written}},
    }
    features.register_converter_rule("contentstate", FEATURE, rule)


@hooks.register("insert_editor_js")
def ask_for_the_language() -> SafeString:
    """Load the question for the language, and the script that asks it."""
    (_empty, _none), *groups = languages()
    named = [
        (label, [(tag, name, direction(tag)) for tag, name in some])
        for label, some in groups
    ]
    dialog = render_to_string("newsroom/desk/passage.html", {"groups": named})
    script = static("newsroom/desk/passages.js")
    return format_html('{}<script type="module" src="{}"></script>', dialog, script)
