"""Sounds: what the clips of one step are, and the bytes of one clip. Which steps there are, `steps` says."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from ..errors import NotFoundError
from .base import Handler, number
from .data import Answer, DataHandler, find_run, find_series
from .query import Query

if TYPE_CHECKING:
    from ...eventlog import AudioSample, LogDir

_MOST = 10**9
_MOST_CLIPS = 256
_LONGEST_LABEL = 10_000
_UNKNOWN = "application/octet-stream"


class AudioClips(DataHandler):
    """``api/v1/audio_clips``: the clips of one step, without their sound."""

    def read(self, log: LogDir, query: Query) -> Answer:
        """Read what the log and the clips' own headers say."""
        sample = _sample(log, query)
        clips = [_describe(sample, item) for item in range(min(sample.count, _MOST_CLIPS))]
        return Answer.json(
            {"step": sample.step, "wall_time": number(sample.wall_time), "count": sample.count, "clips": clips}
        )


class Audio(DataHandler):
    """``api/v1/audio``: one clip, as logged."""

    changes_with_log = False

    def read(self, log: LogDir, query: Query) -> Answer:
        """Read the clip from disk."""
        from ...eventlog.summaries.audio import mime

        sample, item = _sample(log, query), query.integer("item", 0, 0, _MOST)
        if item >= sample.count:
            raise NotFoundError(f"no clip {item} at this step", "api/v1/audio_clips lists the clips")
        encoded = sample.all_encoded[item]
        kind = mime(encoded)
        # What is no sound is offered as a file, never played.
        headers = {"Content-Disposition": 'attachment; filename="audio.bin"'} if kind == _UNKNOWN else {}
        return Answer(encoded, kind, hashlib.blake2b(encoded, digest_size=12).hexdigest(), headers)


def _sample(log: LogDir, query: Query) -> AudioSample:
    from ...eventlog import EventLogError

    series = find_series(find_run(log, query.text("run")).audio, "audio", query.text("tag"))
    index = query.integer("index", None, -_MOST, _MOST)
    try:
        return series[index]
    except IndexError:
        raise NotFoundError(f"no audio at index {index}", "api/v1/steps?kind=audio lists the steps") from None
    except (EventLogError, OSError) as error:
        raise NotFoundError(f"the audio cannot be read: {error}"[:500], "the file is damaged or gone") from error


def _describe(sample: AudioSample, item: int) -> dict[str, Any]:
    from ...eventlog.summaries.audio import mime
    from ...eventlog.wav import read_header

    encoded = sample.all_encoded[item]
    wav = read_header(encoded)
    rate = wav.sample_rate if wav else sample.logged_rate
    return {
        "label": sample.labels[item][:_LONGEST_LABEL],
        "content_type": mime(encoded),
        "bytes": len(encoded),
        "sample_rate": number(rate),
        "channels": wav.channels if wav else None,
        "duration": number(wav.frames / wav.sample_rate) if wav and wav.sample_rate else None,
    }


ROUTES: list[tuple[str, type[Handler]]] = [
    ("/api/v1/audio_clips", AudioClips),
    ("/api/v1/audio", Audio),
]
