"""All that recognition knows of words, worked out once from the data."""

from __future__ import annotations

from dataclasses import dataclass

from negative_list import context, labels, peoples, places, proposal
from negative_list.catalogue import Catalogue
from negative_list.gist import Gist
from negative_list.lexicon import Lexicon
from negative_list.passages import Passages
from negative_list.places import Gazetteer
from negative_list.ranking import Ranker
from negative_list.spelling import Speller
from negative_list.standing import Bench


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words that are spotted, the spelling they are put right by, the labels they are ranked by, places, what words
    tell as a whole, and which sentences of a long message tell the proposal.
    """

    lexicon: Lexicon
    speller: Speller
    ranker: Ranker
    gazetteer: Gazetteer
    gist: Gist
    passages: Passages

    @classmethod
    def of(cls, catalogue: Catalogue) -> Vocabulary:
        """The vocabulary of one catalogue."""
        words = {
            **proposal.words_of(catalogue),
            **context.words_of(catalogue),
            **labels.words_of(catalogue),
        }
        names = {
            **places.words_of(catalogue),
            **peoples.names_of(catalogue),
            **labels.names_of(catalogue),
        }
        lexicon = Lexicon(words, verbatim=names)
        speller = Speller(lexicon.english_words, catalogue.learnt.words)
        gazetteer = Gazetteer(catalogue)
        kinds = Bench(catalogue, gazetteer).kinds(catalogue.learnt.day)
        gist = Gist(catalogue.learnt, kinds, catalogue.stopwords["en"])
        return cls(lexicon, speller, Ranker(catalogue), gazetteer, gist, Passages(catalogue.passages, kinds))
