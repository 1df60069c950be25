"""Everything that is read, read from a server with the samples by a client that a tool made."""

import re
import unittest
import urllib.error
import urllib.request

import isnad
from pydantic import ValidationError

from anchors import anchored_text, pieces_of, units
from client import articles, meta, outlets, search, server, speakers, statements, tags
from pages import walk

WITHDRAWN = "النقل-توقف-خط-العبارات-بين-مرسى-الزيتون-وتارنهولت"


def is_arabic(text: str) -> bool:
    return re.search("[\u0600-\u06ff]", text) is not None


all_articles = walk(lambda cursor: articles.list_articles(limit=3, cursor=cursor), lambda row: row.id)
all_statements = walk(
    lambda cursor: statements.list_statements(limit=7, sort=isnad.StatementSort.said_at_ascending, cursor=cursor), lambda row: row.id
)
all_speakers = walk(lambda cursor: speakers.list_speakers(limit=5, sort=isnad.SpeakerSort.name_ascending, cursor=cursor), lambda row: row.id)
all_outlets = walk(lambda cursor: outlets.list_outlets(limit=2, cursor=cursor), lambda row: row.id)
all_tags = walk(lambda cursor: tags.list_tags(limit=4, cursor=cursor), lambda row: row.id)

arabic_article = next(one for one in all_articles if is_arabic(one.slug))
arabic_speaker = next(one for one in all_speakers if is_arabic(one.slug) and one.statement_count)
other_speaker = next(one for one in all_speakers if not is_arabic(one.slug) and one.statement_count)
arabic_tag = next(one for one in all_tags if is_arabic(one.slug))


class Reading(unittest.TestCase):
    def test_the_service_is_well_and_tells_what_it_holds(self) -> None:
        self.assertEqual(meta.get_liveness().status, "ok")
        self.assertEqual(meta.get_readiness().status, "ok")
        counts = meta.get_meta().counts
        self.assertEqual(counts.articles, len(all_articles))
        self.assertEqual(counts.statements, len(all_statements))
        self.assertEqual(counts.speakers, len(all_speakers))
        self.assertEqual(counts.outlets, len(all_outlets))
        self.assertEqual(counts.tags, len(all_tags))

    def test_a_count_comes_with_the_page_when_it_is_asked_for(self) -> None:
        self.assertEqual(articles.list_articles(limit=1, count=True).page.total, len(all_articles))
        self.assertIsNone(articles.list_articles(limit=1).page.total)

    def test_things_are_found_by_their_slugs_arabic_ones_too(self) -> None:
        article = articles.get_article(arabic_article.slug)
        self.assertEqual(article.id, arabic_article.id)
        self.assertEqual(article.direction, isnad.Direction.RTL)
        self.assertEqual(speakers.get_speaker(arabic_speaker.slug), arabic_speaker)
        self.assertEqual(tags.get_tag(arabic_tag.slug), arabic_tag)
        for outlet in all_outlets:
            self.assertEqual(outlets.get_outlet(outlet.slug), outlet)
        for statement in all_statements[:3]:
            self.assertEqual(statements.get_statement(statement.id), statement)

    def test_every_anchor_of_every_article_slices_to_its_words(self) -> None:
        anchored = pieces = by_code_points = 0
        for summary in all_articles:
            article = articles.get_article(summary.slug)
            for statement in article.statements:
                anchor = statement.anchor
                if anchor is None or anchor.state == isnad.AnchorState.ORPHANED:
                    continue
                anchored += 1
                for text, start, end, exact in pieces_of(article, anchor):
                    self.assertEqual(units(text, start, end), exact, article.slug)
                    pieces += 1
                    by_code_points += text[start:end] == exact
                text = anchored_text(article, anchor)
                self.assertTrue(units(text, 0, anchor.start).endswith(anchor.prefix))
                self.assertTrue(text.encode("utf-16-le")[2 * anchor.end :].decode("utf-16-le").startswith(anchor.suffix))
        self.assertGreater(pieces, anchored, "some anchors are continued")
        self.assertLess(by_code_points, pieces, "some texts have characters of two units")
        print(
            f"{anchored} anchors of {len(all_statements)} statements in {len(all_articles)} articles, {pieces} pieces,"
            f" {pieces - by_code_points} of which code points would have missed"
        )

    def test_an_articles_statements_are_a_list_of_their_own(self) -> None:
        listed = walk(
            lambda cursor: statements.list_article_statements(arabic_article.slug, limit=2, cursor=cursor),
            lambda row: row.id,
        )
        self.assertEqual(listed, articles.get_article(arabic_article.slug).statements)

    def test_related_articles_share_speakers_or_tags_the_nearest_first(self) -> None:
        related = walk(
            lambda cursor: articles.list_related_articles(arabic_article.slug, limit=2, cursor=cursor),
            lambda row: row.article.id,
        )
        scores = [row.score for row in related]
        self.assertEqual(scores, sorted(scores, reverse=True))
        tags_here = {tag.id for tag in arabic_article.tags}
        for row in related:
            self.assertNotEqual(row.article.id, arabic_article.id)
            self.assertTrue(row.shared.speakers or row.shared.tags)
            self.assertEqual({tag.id for tag in row.shared.tags}, tags_here & {tag.id for tag in row.article.tags})

    def test_a_speakers_timeline_counts_every_statement_once(self) -> None:
        for bucket in isnad.BucketLength:
            data = speakers.get_speaker_timeline(arabic_speaker.slug, bucket=bucket).data
            self.assertEqual(sum(one.count for one in data), arabic_speaker.statement_count, bucket)
            starts = [one.var_from for one in data]
            self.assertEqual(starts, sorted(set(starts)))

    def test_what_somebody_may_mean_who_has_begun_to_type_is_suggested(self) -> None:
        for speaker in (arabic_speaker, other_speaker):
            suggested = search.get_suggestions(
                q=speaker.name, thing=[isnad.SuggestedThing.SPEAKER, isnad.SuggestedThing.TAG], limit=10
            )
            found = next(one for one in suggested.speakers if one.id == speaker.id)
            self.assertEqual((found.slug, found.name, found.found_by), (speaker.slug, speaker.name, None))
            self.assertEqual((found.kind, found.statement_count), (speaker.kind, speaker.statement_count))
            self.assertEqual((suggested.outlets, suggested.articles), ([], []), "of what was not asked for there is nothing")
        titled = search.get_suggestions(q=arabic_article.title).articles
        self.assertEqual((titled[0].id, titled[0].direction), (arabic_article.id, isnad.Direction.RTL))

    def test_summaries_take_what_is_included_and_blocks_are_told_apart(self) -> None:
        page = articles.list_articles(limit=100, include=list(isnad.ArticleInclude))
        kinds = set()
        for article in page.data:
            assert article.body is not None and article.statements is not None and article.translations is not None
            self.assertEqual(len(article.statements), article.statement_count)
            kinds |= {type(block.actual_instance).__name__ for block in article.body}
        self.assertEqual(
            kinds, {"HeadingBlock", "ParagraphBlock", "QuoteBlock", "ListBlock", "ImageBlock", "EmbedBlock"}
        )
        self.assertTrue(all(article.body is None for article in all_articles), "without `include` there is no body")

    def test_fields_leaves_only_what_it_names(self) -> None:
        # One generated method has one type; the partial answer of the same operation is read as what it is.
        fields = [isnad.ArticleField.SLUG, isnad.ArticleField.TITLE, isnad.ArticleField.OUTLET]
        answer = articles.list_articles_without_preload_content(limit=100, fields=fields)
        self.assertEqual(answer.headers["content-type"], "application/vnd.isnad.partial+json")
        partial = isnad.PartialArticlePage.from_json(answer.data.decode())
        assert partial is not None
        self.assertEqual(
            [(one.slug, one.title, one.outlet) for one in partial.data],
            [(one.slug, one.title, one.outlet) for one in all_articles],
        )
        self.assertTrue(all(one.model_fields_set >= {"slug", "title", "outlet"} and one.id is None for one in partial.data))

    def test_filters_take_several_values(self) -> None:
        ids = [one.id for one in all_articles[1:4]]
        self.assertEqual({one.id for one in articles.list_articles(ids=ids).data}, set(ids))

        slugs = [arabic_speaker.slug, other_speaker.slug]
        said = statements.list_statements(limit=100, speaker=slugs, form=[isnad.Form.DIRECT, isnad.Form.MIXED]).data
        expected = [
            one for one in all_statements
            if one.form != isnad.Form.INDIRECT and one.speaker is not None and one.speaker.slug in slugs
        ]
        self.assertEqual({one.id for one in said}, {one.id for one in expected})
        self.assertEqual({one.speaker.slug for one in said if one.speaker}, set(slugs), "both speakers were found")

    def test_what_the_client_has_already_is_not_sent_again(self) -> None:
        first = articles.get_article_with_http_info(arabic_article.slug)
        assert first.headers is not None
        etag = first.headers["etag"]
        with self.assertRaises(isnad.ApiException) as unchanged:
            articles.get_article(arabic_article.slug, if_none_match=etag)
        self.assertEqual(unchanged.exception.status, 304)

        request = urllib.request.Request(f"{server}/v1/articles/{arabic_article.id}", method="HEAD")
        with urllib.request.urlopen(request, timeout=10) as head:
            self.assertEqual((head.status, head.headers["etag"], head.read()), (200, etag, b""))

    def test_what_is_wrong_is_told_as_a_problem(self) -> None:
        with self.assertRaises(isnad.ApiException) as invalid:
            articles.list_articles(published_from="yesterday")
        problem = invalid.exception.data
        assert isinstance(problem, isnad.Problem)
        self.assertEqual((problem.status, problem.code), (400, "invalid_parameter"))
        self.assertEqual(problem.errors[0].parameter, "published_from")

        for slug, status, code in (
            ("no-such-article", 404, "not_found"),
            (WITHDRAWN, 410, "gone"),
        ):
            with self.assertRaises(isnad.ApiException) as refused:
                articles.get_article(slug)
            problem = refused.exception.data
            assert isinstance(problem, isnad.Problem)
            self.assertEqual((problem.status, problem.code), (status, code))

    def test_an_unknown_parameter_is_refused_by_the_client_and_by_the_server(self) -> None:
        with self.assertRaises(ValidationError):
            articles.list_articles(speakers=["nobody"])  # type: ignore[call-arg]
        with self.assertRaises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{server}/v1/articles?speakers=nobody", timeout=10)
        with refused.exception as answer:
            problem = isnad.Problem.from_json(answer.read().decode())
        assert problem is not None
        self.assertEqual((problem.status, problem.code), (400, "unknown_parameter"))
