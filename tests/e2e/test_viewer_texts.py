"""Searching within texts, going to a step, folding and copying, in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cellboard import SummaryWriter

STEPS = 200
EVIL = "<script>window.caught = 1</script><img src=x onerror='window.caught = 1'>"


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tensorboardX import SummaryWriter as TensorboardXWriter
    from torch.utils.tensorboard import SummaryWriter as TorchWriter

    folder = tmp_path_factory.mktemp("texts") / "log"
    for run, make in {"ours": SummaryWriter, "tbx": TensorboardXWriter, "torch": TorchWriter}.items():
        with make(str(folder / run)) as writer:
            for step in range(STEPS):
                rare = f" needle **in** {EVIL}" if step == 13 and run != "ours" else ""
                writer.add_text("notes", f"Epoch {step} of {run}{rare}", step * 10)
            writer.add_text("long", "A first line.\n\n" + "More words. " * 400, 0)
    return folder


def entries(board: Any, run: str, tag: str = "notes") -> list[int]:
    """The steps on a card, from top to bottom."""
    found: list[int] = board.page.evaluate(
        """([run, tag]) => [...document.querySelectorAll(
          `[data-testid=text-card][data-run="${run}"][data-tag^="${tag}"] [data-testid=text-entry]`
        )].map((entry) => Number(entry.dataset.step))""",
        [run, tag],
    )
    return found


def test_words_are_found_in_all_steps_and_gone_to(viewer: Any) -> None:
    board = viewer("#texts")
    board.wait(lambda: entries(board, "torch"), lambda steps: steps[:1] == [(STEPS - 1) * 10])
    assert 130 not in entries(board, "torch")
    board.get("text-find").fill("NEEDLE")
    match = board.get("text-match")
    board.wait(match.count, lambda count: count == 2)
    assert board.page.evaluate(
        "() => [...document.querySelectorAll('[data-testid=text-match]')].map((m) => [m.dataset.run, m.dataset.step])"
    ) == [["tbx", "130"], ["torch", "130"]]
    assert match.first.locator("mark").text_content() == "needle"
    match.nth(1).click()
    board.wait(lambda: entries(board, "torch"), lambda steps: 130 in steps)
    assert board.get("text-found").count() == 0
    wanted = board.page.locator("[data-run=torch] .text-entry.wanted")
    board.wait(lambda: wanted.locator("mark").all_text_contents(), lambda marks: marks == ["needle"])
    inside = """(entry) => {
      const [box, room] = [entry.getBoundingClientRect(), entry.parentElement.getBoundingClientRect()];
      return box.top >= room.top - 2 && box.top < room.bottom;
    }"""
    board.wait(lambda: wanted.evaluate(inside))
    # What stands in the text is text, where it was found and where it was gone to.
    assert "<script>" in wanted.text_content()
    assert board.page.evaluate("window.caught") is None
    board.wait(lambda: board.page.url, lambda url: "text-find=NEEDLE" in url)


def test_only_what_is_shown_is_searched(viewer: Any) -> None:
    board = viewer("#texts&select=only&select=tbx&text-find=needle")
    board.wait(lambda: entries(board, "tbx"))
    board.get("text-find").focus()
    board.wait(board.get("text-match").count, lambda count: count == 1)
    board.get("text-find").fill("no such words")
    board.wait(lambda: board.get("text-found").text_content(), lambda words: words.startswith("No text of"))
    board.page.keyboard.press("Escape")
    board.get("text-found").wait_for(state="detached")


def test_a_search_goes_on_beyond_its_first_answer(viewer: Any) -> None:
    board = viewer("#texts&text-find=epoch")
    board.get("text-find").focus()
    board.wait(board.get("text-match").count, lambda count: count == 100)
    board.get("find-more").click()
    board.wait(board.get("text-match").count, lambda count: count == 200)


def test_a_step_is_typed(viewer: Any) -> None:
    board = viewer("#texts&tags=^notes")
    board.wait(lambda: entries(board, "ours"))
    card = board.page.locator("[data-testid=text-card][data-run=ours][data-tag^=notes]")
    card.get_by_test_id("step-number").fill("504")
    board.page.keyboard.press("Enter")
    steps = board.wait(lambda: entries(board, "ours"), lambda steps: 500 in steps)
    assert steps == sorted(steps, reverse=True)
    assert card.locator(".text-entry.wanted").get_attribute("data-step") == "500"
    card.get_by_test_id("newer-texts").click()
    board.wait(lambda: entries(board, "ours"), lambda now: now[0] > steps[0] and now[-1] == steps[-1])
    card.get_by_test_id("older-texts").click()
    board.wait(lambda: entries(board, "ours"), lambda now: now[-1] < steps[-1])
    card.get_by_test_id("newest-texts").click()
    board.wait(lambda: entries(board, "ours"), lambda now: now[0] == (STEPS - 1) * 10 and len(now) == 20)


def test_long_texts_are_folded_and_any_is_copied(viewer: Any) -> None:
    board = viewer("#texts&tags=^long")
    card = board.page.locator("[data-testid=text-card][data-run=tbx][data-tag^=long]")
    folded = card.locator(".folded")
    folded.locator("p").first.wait_for()
    assert folded.bounding_box()["height"] <= 240
    card.get_by_test_id("text-fold").click()
    board.wait(lambda: card.locator(".unfolded").bounding_box()["height"], lambda height: height > 240)
    board.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    copy = card.get_by_test_id("text-copy")
    copy.click()
    board.wait(lambda: copy.get_attribute("data-said"), lambda said: said == "Copied")
    assert board.page.evaluate("navigator.clipboard.readText()") == "A first line.\n\n" + "More words. " * 400


def test_words_are_marked_in_raw_text_too(viewer: Any) -> None:
    board = viewer("#texts&tags=^notes&raw=1&text-find=epoch 199 of o")
    raw = board.page.locator("[data-run=ours] [data-testid=raw-text]").first
    board.wait(lambda: raw.locator("mark").all_text_contents(), lambda marks: marks == ["Epoch 199 of o"])
    assert raw.text_content() == "Epoch 199 of ours"
