"""Pictures: which steps there are, and the encoded picture of one."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from ..errors import NotFoundError
from .base import Handler, number
from .data import Answer, DataHandler, find_run, find_series
from .query import Query

if TYPE_CHECKING:
    from ...eventlog import ImageSeries, LogDir

_MOST = 10**9
_UNKNOWN = "application/octet-stream"
_COUNT = "Cellboard-Image-Count"


class Images(DataHandler):
    """``api/v1/images``: all steps of one run and tag."""

    def read(self, log: LogDir, query: Query) -> Answer:
        """Read steps and wall times, and how many pictures the last step holds; none is decoded."""
        run, tag = query.text("run"), query.text("tag")
        series = find_series(find_run(log, run).images, "image", tag)
        return Answer.json(
            {
                "run": run,
                "tag": tag,
                "step": series.step.tolist(),
                "wall_time": [number(time) for time in series.wall_time.tolist()],
                "description": series.description,
                "count": _count_of_last(series),
            }
        )


class Image(DataHandler):
    """``api/v1/image``: one encoded picture, as logged."""

    changes_with_log = False

    def read(self, log: LogDir, query: Query) -> Answer:
        """Read the picture from disk."""
        from ...eventlog import EventLogError

        series = find_series(find_run(log, query.text("run")).images, "image", query.text("tag"))
        index, item = query.integer("index", None, -_MOST, _MOST), query.integer("item", 0, 0, _MOST)
        try:
            sample = series[index]
            encoded = sample.all_encoded[item]
        except IndexError:
            raise NotFoundError(f"no image at index {index}, item {item}", "api/v1/images lists the steps") from None
        except (EventLogError, OSError) as error:
            raise NotFoundError(f"the image cannot be read: {error}"[:500], "the file is damaged or gone") from error
        return _answer(encoded, sample.count)


def _count_of_last(series: ImageSeries) -> int | None:
    """Not of every step: each would have to be read. None if the last step cannot be read."""
    from ...eventlog import EventLogError

    try:
        return series[-1].count if len(series) else 0
    except (EventLogError, OSError):
        return None


def _answer(encoded: bytes, count: int) -> Answer:
    from ...eventlog.summaries.image import mime

    kind = mime(encoded)
    # What is no picture is offered as a file, never shown.
    headers = {"Content-Disposition": 'attachment; filename="image.bin"'} if kind == _UNKNOWN else {}
    headers[_COUNT] = str(count)
    return Answer(encoded, kind, hashlib.blake2b(encoded, digest_size=12).hexdigest(), headers)


ROUTES: list[tuple[str, type[Handler]]] = [("/api/v1/images", Images), ("/api/v1/image", Image)]
