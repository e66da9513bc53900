"""Points in many dimensions: which there are, a first picture of them, the points, and what is known of each."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..errors import NotFoundError
from .base import Handler, number, to_json
from .data import Answer, DataHandler, unknown
from .query import Query

if TYPE_CHECKING:
    from pathlib import Path

    from ...eventlog import LogDir
    from ...eventlog.embeddings import Embedding, LabelSample
    from ..point_store import FoundPoints

_MOST_LISTED = 2000
_MEASURED = 256 << 20  # bytes of text that are gone through for one list, to say how many points there are
_POINTS = 100_000
_MOST_POINTS = 1_000_000
_MOST_SIDE = 8192
_MOST_COLUMNS = 64
_MOST_LETTERS = 500
_MOST_TEXT = 64 << 20  # letters of all labels
_OCTETS = "application/octet-stream"
_NAME = re.compile(r"(.+):(\d{1,15})", re.DOTALL)
_CONFIG = "projector_config.pbtxt"


class Embeddings(DataHandler):
    """``api/v1/embeddings``: those of all runs, and of directories that are no runs."""

    changes_with_log = False

    def read(self, log: LogDir, query: Query) -> Answer:
        """Read the configurations; of the points only how many there are, if that takes no time."""
        listed, left_out = self._listed(log)
        body = to_json({"embeddings": listed, "left_out": left_out})
        return Answer(body, etag=hashlib.blake2b(body, digest_size=12).hexdigest())

    def _listed(self, log: LogDir) -> tuple[list[dict[str, Any]], int]:
        left = _MEASURED
        listed: list[dict[str, Any]] = []
        left_out = 0
        for run, embedding in _named(log):
            if len(listed) == _MOST_LISTED:
                left_out += 1
            elif isinstance(embedding, Exception):
                problem = str(embedding)[:_MOST_LETTERS]
                listed.append({**_EMPTY, "run": run, "name": _CONFIG, "tag": _CONFIG, "problem": problem})
            else:
                said, spent = self._described(run, embedding, left)
                left -= spent
                listed.append(said)
        return listed, left_out

    def _described(self, run: str, embedding: Embedding, most: int) -> tuple[dict[str, Any], int]:
        """What is said of an embedding, and how many bytes were gone through for it."""
        said = _describe(run, embedding)
        try:
            found, spent = self.viewer.points.measure(embedding, most)
        except OSError as error:
            found, spent = str(error), 0
        if isinstance(found, str):
            said["problem"] = found[:_MOST_LETTERS]
        else:
            said["shape"] = found
        return said, spent


class OfEmbedding(DataHandler):
    """Base of what is read of one embedding: its ETag tells the states of its files, not the log's revision."""

    changes_with_log = False

    def etag(self, embedding: Embedding, query: Query) -> str:
        """Tells this answer from others at the same address."""
        return hashlib.blake2b(repr(embedding).encode() + embedding.stamp().encode(), digest_size=12).hexdigest()

    def read(self, log: LogDir, query: Query) -> Answer:
        """Find the embedding and read of it, in words where that fails."""
        from ...eventlog import EventLogError

        try:
            embedding = find(log, query.text("run"), query.text("name"))
            etag = self.etag(embedding, query)
            known = self.request.headers.get("If-None-Match", "")
            if f'"{etag}"' in known:
                return Answer(b"", etag=etag)
            answer = self.read_embedding(embedding, query)
            return Answer(answer.body, answer.content_type, etag, answer.headers)
        except (EventLogError, OSError) as error:
            raise NotFoundError(f"the embedding cannot be read: {error}"[:500], "see its files") from error

    def read_embedding(self, embedding: Embedding, query: Query) -> Answer:
        """Read the answer, on a worker thread."""
        raise NotImplementedError

    def points(self, embedding: Embedding, query: Query) -> FoundPoints:
        """The points that this and every other address gives for the same `limit`."""
        return self.viewer.points.read(embedding, query.integer("limit", _POINTS, 1, _MOST_POINTS))


class EmbeddingPicture(OfEmbedding):
    """``api/v1/embedding_picture``: three principal components of each point."""

    def read_embedding(self, embedding: Embedding, query: Query) -> Answer:
        """Read the points and project them."""
        points = self.points(embedding, query)
        coords, shares = points.picture
        return _binary(points, {"shares": [number(share) for share in shares]}, coords)


class EmbeddingPoints(OfEmbedding):
    """``api/v1/embedding_points``: the points as they are."""

    def read_embedding(self, embedding: Embedding, query: Query) -> Answer:
        """Read the points."""
        points = self.points(embedding, query)
        return _binary(points, {}, points.values)


class EmbeddingLabels(OfEmbedding):
    """``api/v1/embedding_labels``: what is known of each of these points, by column."""

    def read_embedding(self, embedding: Embedding, query: Query) -> Answer:
        """Read the labels of the points that `EmbeddingPoints` gives."""
        points = self.points(embedding, query)
        labels = embedding.labels_of(points.rows, points.total)
        if labels is None:
            raise NotFoundError(
                f"embedding {embedding.name[:200]!r} has no labels", "api/v1/embeddings says which have"
            )
        return Answer.json(_columns(labels, len(points.values), points.total))


class EmbeddingSprite(OfEmbedding):
    """``api/v1/embedding_sprite``: the sheet of the points' pictures, as logged."""

    def read_embedding(self, embedding: Embedding, query: Query) -> Answer:
        """Read the sheet, if it is a picture."""
        from ..sprites import checked

        encoded = embedding.sprite()
        if encoded is None:
            raise NotFoundError(
                f"embedding {embedding.name[:200]!r} has no pictures", "api/v1/embeddings says which have"
            )
        try:
            return Answer(encoded, checked(encoded))
        except ValueError as error:
            raise NotFoundError(f"{embedding.sprite_path[:200]!r}: {error}", "see its files") from None


class EmbeddingBookmarks(OfEmbedding):
    """``api/v1/embedding_bookmarks``: the views that the configuration offers, as they were saved."""

    def read_embedding(self, embedding: Embedding, query: Query) -> Answer:
        """Read the file; the page judges what it says."""
        text = embedding.bookmarks()
        if text is None:
            raise NotFoundError(
                f"embedding {embedding.name[:200]!r} has no bookmarks", "api/v1/embeddings says which have"
            )
        return Answer(text, _OCTETS)


def _named(log: LogDir) -> Iterator[tuple[str, Embedding | Exception]]:
    """All embeddings with the directories that name them; of a directory where they cannot be told, why."""
    from ...eventlog import EventLogError
    from ...eventlog.embeddings import find_embeddings

    for run, path in log.embedding_places.items():
        try:
            found = find_embeddings(path)
        except (EventLogError, OSError) as error:
            yield run, error
            continue
        yield from ((run, embedding) for embedding in found.values())


_EMPTY: dict[str, Any] = {
    "step": None,
    "shape": None,
    "labels": False,
    "sprite": None,
    "bookmarks": False,
    "problem": None,
}


def find(log: LogDir, run: str, name: str) -> Embedding:
    """The embedding of that name, or `NotFoundError`."""
    from ...eventlog.embeddings import find_embeddings

    path: Path | None = log.embedding_places.get(run)
    found = find_embeddings(path).get(name) if path else None
    if found is None:
        raise unknown("embedding", f"{run}: {name}")
    return found


def _describe(run: str, embedding: Embedding) -> dict[str, Any]:
    name = _NAME.fullmatch(embedding.name)
    width, height = embedding.sprite_size
    has_sprite = bool(embedding.sprite_path) and 0 < width <= _MOST_SIDE and 0 < height <= _MOST_SIDE
    return {
        **_EMPTY,
        "run": run,
        "name": embedding.name,
        "tag": name[1] if name else embedding.name,
        "step": int(name[2]) if name else None,
        "labels": bool(embedding.metadata_path),
        "sprite": [width, height] if has_sprite else None,
        "bookmarks": bool(embedding.bookmarks_path),
    }


def _binary(points: FoundPoints, more: dict[str, Any], numbers: Any) -> Answer:
    """A header, the rows if they are not all, and float32 for each point."""
    import numpy as np

    count, rows = len(points.values), points.rows
    said = {
        "count": count,
        "total": points.total,
        "dims": points.values.shape[1],
        "rows": rows is not None,
        "not_finite": points.not_finite,
        **more,
    }
    head = to_json(said)
    head += b" " * (-(len(head) + 4) % 8)
    parts = [len(head).to_bytes(4, "little"), head]
    if rows is not None:
        parts.append(rows.astype("<i4").tobytes())
    return Answer(b"".join([*parts, np.ascontiguousarray(numbers, "<f4").data.cast("B")]), _OCTETS)


def _columns(labels: LabelSample, count: int, total: int) -> dict[str, Any]:
    width = max([len(labels.names), *(len(row) for row in labels.rows)])
    shown = min(width, _MOST_COLUMNS)
    columns: list[list[str]] = []
    left = _MOST_TEXT
    is_cut = False
    for place in range(shown):
        column = [row[place] if place < len(row) else "" for row in labels.rows]
        column += [""] * (count - len(column))
        size = sum(map(len, column))
        if size > left or max(map(len, column), default=0) > _MOST_LETTERS:
            is_cut = True
            most = min(_MOST_LETTERS, left // max(1, count))
            column = [text[:most] for text in column]
            size = sum(map(len, column))
        left -= size
        columns.append(column)
    names = [name.strip()[:_MOST_LETTERS] for name in (*labels.names, *[""] * shown)][:shown]
    return {
        "names": [name or ("label" if shown == 1 else f"column {place + 1}") for place, name in enumerate(names)],
        "columns": columns,
        "numeric": [_is_numeric(column) for column in columns],
        "labelled": labels.total,
        "total": total,
        "left_out": width - shown,
        "cut": is_cut,
    }


def _is_numeric(column: list[str]) -> bool:
    """Whether all that is said are numbers, and something is."""
    is_said = False
    try:
        for text in column:
            if text:
                float(text)
                is_said = True
    except ValueError:
        return False
    return is_said


ROUTES: list[tuple[str, type[Handler]]] = [
    ("/api/v1/embeddings", Embeddings),
    ("/api/v1/embedding_picture", EmbeddingPicture),
    ("/api/v1/embedding_points", EmbeddingPoints),
    ("/api/v1/embedding_labels", EmbeddingLabels),
    ("/api/v1/embedding_sprite", EmbeddingSprite),
    ("/api/v1/embedding_bookmarks", EmbeddingBookmarks),
]
