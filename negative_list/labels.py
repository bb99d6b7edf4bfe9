"""The labels by which texts name activities, vague words, trades and other topics, for the lexicon."""

from __future__ import annotations

from negative_list.catalogue import Catalogue
from negative_list.context import Known
from negative_list.industries import is_class
from negative_list.lexicon import Words, with_endings, with_regional_variants, with_verb_first
from negative_list.model import LANGUAGES


def words_of(catalogue: Catalogue) -> dict[str, Words]:
    """The labels of activities, vague words and other topics, and the words without meaning, for the lexicon."""
    variants = catalogue.phrases["regional_variants"]
    endings, verbs = catalogue.phrases["english_endings"], catalogue.phrases["verbs_last"]
    own: list[tuple[str, Known]] = []
    classes: list[tuple[str, Known]] = []
    turned: list[tuple[str, Known]] = []
    for activity in catalogue.named_activities:
        labels = classes if is_class(activity) else own
        known = ("activity", activity.id)
        english = [activity.label.en, *activity.alt.get("en", ())]
        labels += [(label, known) for label in english]
        turned += [(label, known) for label in with_endings(english, endings)[len(english) :]]
        chinese = with_regional_variants((activity.label.zh, *activity.alt.get("zh", ())), variants)
        labels += [(label, known) for label in chinese]
        turned += [(label, known) for label in with_verb_first(chinese, verbs)[len(chinese) :]]
    for vague in catalogue.ambiguous:
        own += [(label, ("ambiguous", vague.id)) for names in vague.labels.values() for label in names]
    for other in catalogue.off_topic:
        own += [(label, ("off_topic", other.id)) for names in other.labels.values() for label in names]
    return {
        # The names of industry classes, and what is made of labels, give way to what the thesaurus says.
        "labels": [*own, *classes, *turned],
        "trades": [
            (label, ("activity", trade.activity))
            for trade in catalogue.trades
            for labels in trade.labels.values()
            for label in labels
        ],
        "stopwords": [(word, True) for words in catalogue.stopwords.values() for word in words],
    }


def names_of(catalogue: Catalogue) -> dict[str, Words]:
    """The brands that activities go by, for the lexicon; all are matched unstemmed: the brand Inke is no ink."""
    return {
        "labels": [
            (brand, ("activity", activity.id))
            for activity in catalogue.named_activities
            for lang in LANGUAGES
            for brand in activity.hidden.get(lang, ())
        ]
    }
