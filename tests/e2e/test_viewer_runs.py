"""The viewer's run list in a real browser: the tree, what is ticked, the filter's language, the order, colours."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cellboard import LogDir, SummaryWriter

# Name: learning rate, optimizer, last loss, best accuracy.
RUNS: dict[str, tuple[float, str, float, float]] = {
    "base line": (0.5, "none", 0.9, 0.1),
    "cnn/deep/lr=0.1": (0.1, "adam", 0.2, 0.95),
    "mlp/lr=0.01/adam": (0.01, "adam", 0.4, 0.5),
    "mlp/lr=0.1/adam": (0.1, "adam", 0.3, 0.7),
    "mlp/lr=0.1/sgd": (0.1, "sgd", 0.6, 0.6),
}
TORCH = "torch/exp"
SESSION = "torch/exp/170"
ALL = [*RUNS, TORCH, SESSION]
MANY = 10_000
SERIOUS = ("serious", "critical")

ROWS = """() => [...document.querySelectorAll('[role=treeitem]')].map(row =>
  [row.dataset.path ? row.dataset.path + '/' : row.dataset.run, +row.ariaLevel, row.ariaChecked])"""


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tree") / "runs"
    for number, (name, (rate, optimizer, loss, accuracy)) in enumerate(reversed(RUNS.items())):
        at = 1_700_000_000.0 + 100 * number
        with SummaryWriter(str(folder / name)) as writer:
            for step in range(4):
                writer.add_scalar("train/loss", loss + 0.1 * (3 - step), step, walltime=at + step)
                writer.add_scalar("val acc", accuracy - 0.01 * abs(step - 1), step, walltime=at + step)
            writer.add_hparams({"lr": rate, "optimizer": optimizer, "aug": number % 2 == 0}, {})
    with SummaryWriter(str(folder / TORCH)) as writer:
        for step in range(4):
            writer.add_scalar("train/loss", 0.05, step)
    with SummaryWriter(str(folder / SESSION)) as writer:
        writer.add_hparams({"lr": 0.001, "optimizer": "Adam W"}, {"hparam/acc": 0.5})
    return folder


@pytest.fixture
def viewer(open_viewer: Callable[..., Any], logdir: Path, address: str, page_errors: list[str]) -> Iterator[Any]:
    view = open_viewer(logdir, "#scalars", address)
    view.wait(lambda: names(view), lambda found: set(found) == set(ALL))
    yield view
    assert page_errors == []


def rows(viewer: Any) -> list[tuple[str, int, str]]:
    """Name, level and tick of every row; folders have a slash at the end."""
    return [tuple(row) for row in viewer.page.evaluate(ROWS)]


def names(viewer: Any) -> list[str]:
    return [name for name, _, _ in rows(viewer) if not name.endswith("/")]


def ticked(viewer: Any) -> list[str]:
    return [name for name, _, tick in rows(viewer) if tick == "true" and not name.endswith("/")]


def row(viewer: Any, name: str) -> Any:
    return viewer.page.locator(f'[data-testid=run-row][data-run="{name}"]')


def folder(viewer: Any, path: str) -> Any:
    return viewer.page.locator(f'[data-testid=run-folder][data-path="{path}"]')


def search(viewer: Any, query: str, *expected: str) -> None:
    """Type a query and wait for exactly these runs, in any order."""
    viewer.get("run-filter").fill(query)
    viewer.wait(lambda: sorted(names(viewer)), lambda found: found == sorted(expected))


def address_of(viewer: Any) -> str:
    state: str = viewer.page.evaluate("decodeURIComponent(location.hash)")
    return state


def reopened(viewer: Any, contains: str) -> None:
    """Open what the address says in a page that remembers nothing, once the address says it."""
    viewer.wait(lambda: address_of(viewer), lambda state: contains in state)
    state = viewer.page.evaluate("location.hash")
    viewer.page.evaluate("sessionStorage.clear(); localStorage.clear()")
    viewer.page.goto("about:blank")
    viewer.page.goto(viewer.address + state)
    viewer.wait(lambda: rows(viewer))


def colors(viewer: Any) -> dict[str, str]:
    """The colour of each run in the list."""
    found: dict[str, str] = viewer.page.evaluate(
        "() => Object.fromEntries([...document.querySelectorAll('[data-testid=run-row]')]"
        ".map(row => [row.dataset.run, row.dataset.color]))"
    )
    return found


def drawn(viewer: Any, tag: str = "train/loss") -> dict[str, str]:
    """The colour of each line of a chart."""
    chart = viewer.ask("chart", tag)
    return {line["run"]: line["color"] for line in chart["lines"]} if chart else {}


def test_runs_are_a_tree_by_path(viewer: Any) -> None:
    assert [(name, level) for name, level, _ in rows(viewer)] == [
        ("base line", 1),
        ("cnn/deep/lr=0.1", 1),
        ("mlp/", 1),
        ("mlp/lr=0.01/adam", 2),
        ("mlp/lr=0.1/", 2),
        ("mlp/lr=0.1/adam", 3),
        ("mlp/lr=0.1/sgd", 3),
        ("torch/exp/", 1),
        ("torch/exp", 2),
        ("torch/exp/170", 2),
    ]
    labels = viewer.page.evaluate(
        "() => [...document.querySelectorAll('[role=treeitem] .name')].map(name => name.textContent)"
    )
    assert labels[1:5] == ["cnn/deep/lr=0.1", "mlp", "lr=0.01/adam", "lr=0.1"]
    assert row(viewer, TORCH).locator(".run-name").text_content() == "expitself"


def test_folders_close_and_open_and_a_link_knows_which(viewer: Any) -> None:
    folder(viewer, "mlp/lr=0.1").get_by_test_id("folder-toggle").click()
    viewer.wait(lambda: names(viewer), lambda found: "mlp/lr=0.1/sgd" not in found and "mlp/lr=0.01/adam" in found)
    assert folder(viewer, "mlp/lr=0.1").get_attribute("aria-expanded") == "false"
    assert "mlp/lr=0.1/sgd" in drawn(viewer)
    reopened(viewer, "run-folders=mlp/lr=0.1")
    viewer.wait(lambda: names(viewer), lambda found: found and "mlp/lr=0.1/sgd" not in found)
    # A filter shows what it finds, and leaves the folders as they were.
    search(viewer, "sgd", "mlp/lr=0.1/sgd")
    search(viewer, "", *(name for name in ALL if not name.startswith("mlp/lr=0.1/")))
    viewer.get("fold-all").click()
    viewer.wait(lambda: names(viewer), lambda found: found == ["base line", "cnn/deep/lr=0.1"])
    viewer.get("fold-all").click()
    viewer.wait(lambda: names(viewer), lambda found: set(found) == set(ALL))


def test_the_tick_of_a_folder_is_that_of_its_runs(viewer: Any) -> None:
    folder(viewer, "mlp").locator("input").uncheck()
    viewer.wait(lambda: drawn(viewer), lambda lines: set(lines) == {"base line", "cnn/deep/lr=0.1", TORCH})
    assert not [name for name in ticked(viewer) if name.startswith("mlp")]
    row(viewer, "mlp/lr=0.1/sgd").locator("input").check()
    states = {name: tick for name, _, tick in rows(viewer)}
    assert (states["mlp/"], states["mlp/lr=0.1/"], states["mlp/lr=0.01/adam"]) == ("mixed", "mixed", "false")
    assert folder(viewer, "mlp").locator("input").evaluate("box => box.indeterminate")
    assert folder(viewer, "mlp").locator(".count").text_content() == "1 of 3"
    folder(viewer, "mlp").locator("input").click()
    viewer.wait(lambda: ticked(viewer), lambda found: set(found) == set(ALL))
    folder(viewer, "mlp/lr=0.1").hover()
    folder(viewer, "mlp/lr=0.1").locator(".run-only").click()
    viewer.wait(lambda: set(drawn(viewer)), lambda lines: lines == {"mlp/lr=0.1/adam", "mlp/lr=0.1/sgd"})


def test_flat_or_tree(viewer: Any) -> None:
    viewer.get("run-order-button").click()
    viewer.get("run-layout").locator("[data-value=flat]").click()
    viewer.wait(lambda: rows(viewer), lambda found: [name for name, _, _ in found] == ALL)
    assert {level for _, level, _ in rows(viewer)} == {1}
    reopened(viewer, "run-list=flat")
    viewer.wait(lambda: rows(viewer), lambda found: [name for name, _, _ in found] == ALL)


def test_the_keyboard_goes_through_the_tree(viewer: Any) -> None:
    tree = viewer.get("run-tree")
    tree.focus()

    def active() -> str:
        found: str = viewer.page.evaluate(
            "() => { const row = document.getElementById(document.activeElement.getAttribute('aria-activedescendant'));"
            " return row?.dataset.path ?? row?.dataset.run ?? null; }"
        )
        return found

    def press(key: str, expected: str) -> None:
        tree.press(key)
        viewer.wait(active, lambda name: name == expected)

    press("ArrowDown", "cnn/deep/lr=0.1")
    press("ArrowDown", "mlp")
    press("ArrowRight", "mlp/lr=0.01/adam")
    press("ArrowLeft", "mlp")
    tree.press("ArrowLeft")
    viewer.wait(lambda: names(viewer), lambda found: "mlp/lr=0.01/adam" not in found)
    press("ArrowDown", "torch/exp")
    press("ArrowUp", "mlp")
    tree.press("ArrowRight")
    viewer.wait(lambda: names(viewer), lambda found: "mlp/lr=0.01/adam" in found)
    tree.press("Space")
    viewer.wait(lambda: ticked(viewer), lambda found: not any(name.startswith("mlp") for name in found))
    press("Home", "base line")
    press("End", SESSION)
    press("ArrowUp", TORCH)
    tree.press("Enter")
    viewer.wait(lambda: ticked(viewer), lambda found: found == [TORCH])
    tree.press("Enter")
    viewer.wait(lambda: ticked(viewer), lambda found: set(found) == set(ALL))
    tree.press("c")
    viewer.get("color-panel").wait_for()
    viewer.page.keyboard.press("Escape")
    viewer.get("color-panel").wait_for(state="detached")
    viewer.page.keyboard.press("Shift+F10")
    assert viewer.page.locator("[role=menu]").get_attribute("aria-label") == TORCH
    viewer.page.keyboard.press("Escape")
    viewer.wait(active, lambda name: name == TORCH)


def test_names_and_paths_are_copied(viewer: Any, logdir: Path) -> None:
    viewer.page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    def copied(at: Any, what: str) -> str:
        at.hover()
        at.get_by_test_id("run-more").click()
        viewer.page.evaluate("navigator.clipboard.writeText('')")
        viewer.get(f"run-menu-{what}").click()
        text: str = viewer.wait(lambda: viewer.page.evaluate("navigator.clipboard.readText()"))
        return text

    assert copied(row(viewer, "mlp/lr=0.1/sgd"), "copy-name") == "mlp/lr=0.1/sgd"
    assert copied(row(viewer, "mlp/lr=0.1/sgd"), "copy-path") == str(logdir / "mlp/lr=0.1/sgd")
    assert copied(folder(viewer, "mlp/lr=0.1"), "copy-name") == "mlp/lr=0.1/adam\nmlp/lr=0.1/sgd"
    assert copied(folder(viewer, "mlp"), "copy-path") == str(logdir / "mlp")


def test_the_filter_takes_terms(viewer: Any) -> None:
    adam = ["mlp/lr=0.01/adam", "mlp/lr=0.1/adam"]
    for query, expected in {
        "ADAM": adam,
        "adam mlp/lr=0.1/": ["mlp/lr=0.1/adam"],
        "adam AND mlp/lr=0.1/": ["mlp/lr=0.1/adam"],
        "sgd OR base": ["mlp/lr=0.1/sgd", "base line"],
        "sgd|base": ["mlp/lr=0.1/sgd", "base line"],
        "mlp -sgd": adam,
        "mlp NOT adam": ["mlp/lr=0.1/sgd"],
        "(sgd OR cnn) -deep": ["mlp/lr=0.1/sgd"],
        "NOT (mlp OR torch)": ["base line", "cnn/deep/lr=0.1"],
        '"base line"': ["base line"],
        "/^m.*m$/": adam,
        "/e l/ OR exp$": ["base line", TORCH],
        "^mlp/lr=0.1/(adam|sgd)$": ["mlp/lr=0.1/adam", "mlp/lr=0.1/sgd"],
        "cnn.*": ["cnn/deep/lr=0.1"],
        '"a|b"': [],
    }.items():
        search(viewer, query, *expected)
    viewer.get("run-filter").fill("sgd OR cnn")
    reopened(viewer, "runs=sgd OR cnn")
    viewer.wait(lambda: names(viewer), lambda found: found == ["cnn/deep/lr=0.1", "mlp/lr=0.1/sgd"])
    viewer.wait(lambda: set(drawn(viewer)), lambda lines: lines == {"cnn/deep/lr=0.1", "mlp/lr=0.1/sgd"})


def test_the_filter_takes_conditions_on_hparams_and_metrics(viewer: Any) -> None:
    fast = ["cnn/deep/lr=0.1", "mlp/lr=0.1/adam", "mlp/lr=0.1/sgd"]
    for query, expected in {
        "lr==0.1": fast,
        "lr=0.1": fast,
        "lr>=1e-1": [*fast, "base line"],
        "lr < 0.1": ["mlp/lr=0.01/adam", TORCH, SESSION],
        "optimizer=adam": ["cnn/deep/lr=0.1", "mlp/lr=0.01/adam", "mlp/lr=0.1/adam"],
        'optimizer="adam w"': [TORCH, SESSION],
        "optimizer!=adam": ["base line", "mlp/lr=0.1/sgd", TORCH, SESSION],
        "aug=true lr<0.3": ["mlp/lr=0.01/adam", "mlp/lr=0.1/sgd"],
        "train/loss<0.35": ["cnn/deep/lr=0.1", "mlp/lr=0.1/adam", TORCH],
        "loss<0.35 lr>=1e-3 -cnn": ["mlp/lr=0.1/adam", TORCH],
        "min(loss)<=0.3 OR max(train/loss)>1": ["base line", "cnn/deep/lr=0.1", "mlp/lr=0.1/adam", TORCH],
        "first(loss)==0.6": ["mlp/lr=0.1/adam"],
        "mean(loss)<0.3": [TORCH],
        '"val acc">0.6': ["cnn/deep/lr=0.1", "mlp/lr=0.1/adam"],
        'max("val acc") >= 0.6': ["cnn/deep/lr=0.1", "mlp/lr=0.1/adam", "mlp/lr=0.1/sgd"],
        "NOT loss<0.5": ["base line", "mlp/lr=0.1/sgd", SESSION],
    }.items():
        search(viewer, query, *expected)
    # Where no run has the value, what looks like a condition is part of a name.
    search(viewer, "lr=0.1/s", "mlp/lr=0.1/sgd")


def test_only_metrics_that_the_filter_names_are_read(viewer: Any) -> None:
    asked: list[str] = []
    viewer.page.on("request", lambda request: asked.append(request.url))
    search(viewer, "adam", "mlp/lr=0.01/adam", "mlp/lr=0.1/adam")
    assert not [url for url in asked if "api/v1/metrics" in url or "api/v1/hparams" in url]
    search(viewer, "min(loss)<0.1", TORCH)
    tags = {part for url in asked if "api/v1/metrics" in url for part in re.findall(r"tag=([^&]*)", url)}
    assert tags == {"train%2Floss"}


def test_a_mistake_is_explained_where_it_is_and_changes_nothing(viewer: Any) -> None:
    search(viewer, "mlp -sgd", "mlp/lr=0.01/adam", "mlp/lr=0.1/adam")
    for query, said, place in (
        ("mlp adam(", "Not a regular expression", (4, 9)),
        ("mlp (adam OR sgd", "never closed", (4, 5)),
        ('mlp "adam', "no partner", (4, 9)),
        ("mlp OR", "missing here", (6, 6)),
        ("mlp loss<few", "compares numbers", (9, 12)),
        ("mlp lost<3", "There is no hyperparameter or metric lost", (4, 10)),
        ("mlp avg(loss)<3", "There is no avg()", (4, 7)),
    ):
        viewer.get("run-filter").fill(query)
        error = viewer.get("run-filter-error")
        error.filter(has_text=said).wait_for()
        mark = viewer.get("mistake")
        assert (int(mark.get_attribute("data-from")), int(mark.get_attribute("data-to"))) == place, query
        assert mark.locator("mark").text_content() == query[place[0] : place[1]]
        assert viewer.get("run-filter").get_attribute("aria-invalid") == "true"
        assert names(viewer) == ["mlp/lr=0.01/adam", "mlp/lr=0.1/adam"], query
    search(viewer, "sgd", "mlp/lr=0.1/sgd")
    assert viewer.get("run-filter-error").text_content() == ""


def test_what_is_ticked_is_kept_apart_from_the_filter(viewer: Any) -> None:
    row(viewer, "mlp/lr=0.1/sgd").locator("input").uncheck()
    search(viewer, "mlp", *(name for name in ALL if name.startswith("mlp")))
    viewer.get("select-all").check()
    viewer.get("select-all").uncheck()
    viewer.wait(lambda: ticked(viewer), lambda found: found == [])
    row(viewer, "mlp/lr=0.1/adam").locator("input").check()
    search(viewer, "", *ALL)
    left = {"base line", "cnn/deep/lr=0.1", "mlp/lr=0.1/adam", TORCH, SESSION}
    assert set(ticked(viewer)) == left
    reopened(viewer, "select=except")
    viewer.wait(lambda: set(ticked(viewer)), lambda found: found == left)


def test_examples_of_the_help_are_understood(viewer: Any) -> None:
    viewer.get("filter-help").click()
    examples = viewer.get("filter-example").all_text_contents()
    assert len(examples) >= 8
    viewer.page.keyboard.press("Escape")
    for example in examples:
        viewer.get("run-filter").fill(example)
        message = viewer.wait(lambda: viewer.get("run-filter-error").text_content(), lambda text: text is not None)
        assert not message or message.startswith("There is no"), example
    viewer.get("filter-help").click()
    viewer.get("filter-example").first.click()
    assert viewer.get("run-filter").input_value() == examples[0]
    viewer.get("filter-help-panel").wait_for(state="detached")


def test_runs_are_ordered(viewer: Any, address: str) -> None:
    order = viewer.get("run-order")
    viewer.get("run-order-button").click()
    viewer.get("run-layout").locator("[data-value=flat]").click()
    order.locator("[data-value=started]").click()
    begun = [*reversed(RUNS), TORCH, SESSION]
    viewer.wait(lambda: names(viewer), lambda found: found == begun)
    viewer.get("run-order-turn").click()
    viewer.wait(lambda: names(viewer), lambda found: found == begun[::-1])
    order.locator("[data-value=value]").click()
    viewer.get("run-order-value").fill("loss")
    by_loss = sorted(RUNS, key=lambda name: -RUNS[name][2])
    viewer.wait(lambda: names(viewer), lambda found: found == [*by_loss, TORCH, SESSION])
    shown = viewer.get("run-value").all_text_contents()
    assert shown == [*(f"{RUNS[name][2]:g}" for name in by_loss), "0.05", "–"]
    viewer.get("run-order-turn").click()
    viewer.get("run-order-value").fill("optimizer")
    viewer.wait(lambda: names(viewer)[-2:], lambda found: found == ["base line", "mlp/lr=0.1/sgd"])
    viewer.get("run-order-value").fill("max(nothing)")
    viewer.get("run-order-mistake").filter(has_text="There is no metric nothing").wait_for()
    viewer.get("run-order-value").fill('max("val acc")')
    by_accuracy = sorted(RUNS, key=lambda name: RUNS[name][3])
    viewer.wait(lambda: names(viewer)[: len(RUNS)], lambda found: found == by_accuracy)
    reopened(viewer, "run-order=max(val acc)")
    viewer.wait(lambda: names(viewer)[: len(RUNS)], lambda found: found == by_accuracy)


def test_a_run_takes_the_colour_that_is_chosen(viewer: Any, logdir: Path) -> None:
    with LogDir(logdir) as log:
        given = {name: run.color for name, run in log.runs.items()}
    assert colors(viewer) == given
    name = "mlp/lr=0.1/adam"
    row(viewer, name).get_by_test_id("run-dot").click()
    swatches = viewer.get("palette-color")
    assert swatches.count() >= 20
    assert len(set(swatches.evaluate_all("all => all.map(one => one.ariaLabel)"))) == swatches.count()
    viewer.page.locator('[data-testid=palette-color][aria-label="#ca0820"]').click()
    viewer.wait(lambda: drawn(viewer), lambda lines: lines.get(name) == "#ca0820")
    viewer.get("color-hex").fill("no colour")
    viewer.get("color-hex").press("Enter")
    viewer.page.locator(".panel-mistake").filter(has_text="Six digits").wait_for()
    viewer.get("color-hex").fill("12AB34")
    viewer.get("color-hex").press("Enter")
    viewer.wait(lambda: drawn(viewer), lambda lines: lines.get(name) == "#12ab34")
    reopened(viewer, f"color=12ab34:{name}")
    viewer.wait(lambda: drawn(viewer), lambda lines: lines.get(name) == "#12ab34")
    viewer.open_tab("timeseries")
    viewer.wait(lambda: drawn(viewer), lambda lines: lines.get(name) == "#12ab34")
    assert colors(viewer) == given | {name: "#12ab34"}
    row(viewer, name).get_by_test_id("run-dot").click()
    viewer.get("color-reset").click()
    viewer.wait(lambda: colors(viewer), lambda found: found == given)
    # On the dark theme a dark colour is lifted, in the list as in the charts.
    viewer.get("color-hex").fill("#0a0a30")
    viewer.get("color-hex").press("Enter")
    viewer.wait(lambda: colors(viewer), lambda found: found[name] == "#0a0a30")
    viewer.page.emulate_media(color_scheme="dark")
    lifted = viewer.wait(lambda: colors(viewer)[name], lambda color: color != "#0a0a30")
    viewer.wait(lambda: drawn(viewer), lambda lines: lines.get(name) == lifted)


def test_groups_of_runs_have_one_colour(viewer: Any) -> None:
    viewer.get("color-by-button").click()
    by = viewer.get("color-by")

    def groups() -> dict[str, tuple[int, str]]:
        found: list[list[Any]] = viewer.page.evaluate(
            "() => [...document.querySelectorAll('[data-testid=color-group]')]"
            ".map(group => [group.dataset.key, +group.dataset.count, group.dataset.color])"
        )
        return {key: (count, color) for key, count, color in found}

    def counts(expected: dict[str, int]) -> dict[str, str]:
        """The colours of the groups, once these are there."""
        found = viewer.wait(groups, lambda there: {key: count for key, (count, _) in there.items()} == expected)
        by_key = {key: color for key, (_, color) in found.items()}
        assert len(set(by_key.values())) == len(by_key)
        return by_key

    by.locator("[data-value=folder]").click()
    shown = counts({"": 1, "cnn/deep": 1, "mlp/lr=0.01": 1, "mlp/lr=0.1": 2, "torch": 1, "torch/exp": 1})
    pair = ("mlp/lr=0.1/sgd", "mlp/lr=0.1/adam")
    viewer.wait(lambda: drawn(viewer), lambda lines: {lines.get(run) for run in pair} == {shown["mlp/lr=0.1"]})

    by.locator("[data-value=regex]").click()
    viewer.get("color-regex").fill("(adam|sgd")
    viewer.get("color-mistake").filter(has_text="unterminated group").wait_for()
    viewer.get("color-regex").fill("(adam|sgd)")
    shown = counts({"adam": 2, "sgd": 1})
    assert viewer.get("color-rest").get_attribute("data-count") == str(len(ALL) - 3)
    viewer.wait(lambda: colors(viewer), lambda found: found["mlp/lr=0.01/adam"] == shown["adam"])
    found = colors(viewer)
    assert found["mlp/lr=0.1/adam"] == shown["adam"] != found["mlp/lr=0.1/sgd"] == shown["sgd"]
    assert found["base line"] == found[TORCH] not in shown.values()
    reopened(viewer, "color-by=(adam|sgd)")
    viewer.wait(lambda: colors(viewer), lambda now: now == found)
    viewer.open_tab("timeseries")
    viewer.wait(lambda: drawn(viewer), lambda lines: lines.get("mlp/lr=0.1/sgd") == shown["sgd"])

    viewer.get("color-by-button").click()
    by.locator("[data-value=hparam]").click()
    viewer.get("color-hparam").select_option("optimizer")
    shown = counts({"adam": 3, "Adam W": 2, "none": 1, "sgd": 1})
    viewer.wait(lambda: colors(viewer), lambda found: found["cnn/deep/lr=0.1"] == shown["adam"])
    # A session in a run below is that of the run above as well.
    assert colors(viewer)[TORCH] == colors(viewer)[SESSION] == shown["Adam W"]
    reopened(viewer, "color-by=optimizer")
    viewer.wait(lambda: colors(viewer), lambda found: found["cnn/deep/lr=0.1"] == shown["adam"])


def test_colours_of_groups_stay_when_runs_appear(open_viewer: Callable[..., Any], tmp_path: Path) -> None:
    def write(name: str, at: float) -> None:
        with SummaryWriter(str(tmp_path / name)) as writer:
            writer.add_scalar("loss", 1.0, 0, walltime=at)

    write("b/1", 1_700_000_000.0)
    write("c/1", 1_700_000_001.0)
    view = open_viewer(tmp_path, "#scalars&color-by=folder")
    before = view.wait(lambda: colors(view), lambda found: len(found) == 2)
    write("a/1", 1_700_000_002.0)
    after = view.wait(lambda: colors(view), lambda found: len(found) == 3)
    assert {name: after[name] for name in before} == before
    assert after["a/1"] not in before.values()


def test_a_pattern_of_groups_that_never_ends_is_stopped(open_viewer: Callable[..., Any], tmp_path: Path) -> None:
    for name in ("a" * 40 + "!", "b"):
        with SummaryWriter(str(tmp_path / name)) as writer:
            writer.add_scalar("loss", 1.0, 0)
    view = open_viewer(tmp_path, "#scalars&color-by=regex&color-by=(a%2B)%2B$")
    view.get("color-by-button").click()
    view.get("color-mistake").filter(has_text="takes too long").wait_for()
    view.get("color-regex").fill("[ab]")
    view.wait(lambda: view.get("color-group").count(), lambda count: count == 2)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    folder = tmp_path_factory.mktemp("many")
    with SummaryWriter(str(folder / "sweep/r00000")) as writer:
        writer.add_scalar("loss", 1.0, 0, walltime=1_700_000_000.0)
    (file,) = (folder / "sweep/r00000").iterdir()
    for number in range(1, MANY):
        run = folder / f"sweep/r{number:05}"
        run.mkdir()
        os.link(file, run / file.name)
    return serve(folder)


def test_ten_thousand_runs(open_viewer: Callable[..., Any], many: str, page_errors: list[str]) -> None:
    view = open_viewer(Path(), "#scalars", many)
    view.get("run-cut").filter(has_text="100 newest are ticked: 10").wait_for(timeout=120_000)
    view.wait(lambda: view.ask("chart", "loss"), lambda chart: len(chart["lines"]) == 100, seconds=60)
    assert view.get("run-count").text_content() == "100 of 10\u2009000"
    # So many are closed at first.
    assert [(name, tick) for name, _, tick in rows(view)] == [("sweep/", "mixed")]
    folder(view, "sweep").get_by_test_id("folder-toggle").click()
    found = view.wait(lambda: rows(view), lambda found: len(found) > 10)
    assert len(found) < 100
    view.get("run-tree").press("End")
    row(view, f"sweep/r{MANY - 1:05}").wait_for()
    assert view.page.locator("[role=treeitem]").count() < 100
    view.get("run-filter").fill("r0[0-4]77[0-9]$ -r00")
    expected = [f"sweep/r0{thousand}77{last}" for thousand in range(1, 5) for last in range(10)]
    view.wait(lambda: names(view), lambda found: found == expected[: len(found)] and len(found) > 10)
    # Of so few all are ticked, as long as nobody has chosen.
    view.wait(lambda: view.ask("chart", "loss"), lambda chart: len(chart["lines"]) == 40)
    view.get("run-cut").wait_for(state="detached")
    row(view, expected[0]).locator("input").uncheck()
    view.wait(lambda: view.ask("chart", "loss"), lambda chart: len(chart["lines"]) == 39)
    assert page_errors == []


def test_a_choice_too_long_for_an_address_is_left_out_of_it(open_viewer: Callable[..., Any], many: str) -> None:
    view = open_viewer(Path(), "#scalars&runs=r0[0-4]7", many)
    view.wait(lambda: view.get("run-count").text_content(), lambda text: text.startswith("500"), seconds=60)
    view.get("select-all").uncheck()
    view.wait(lambda: view.get("run-count").text_content(), lambda text: text.startswith("0 of"))
    view.get("run-filter").fill("r0[0-1]7")
    view.wait(lambda: address_of(view), lambda state: "r0[0-1]7" in state)
    assert len(view.page.evaluate("location.hash")) < 20_000


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_pictures_and_accessibility_of_the_run_list(
    open_viewer: Callable[..., Any], logdir: Path, address: str, screenshots: Path, theme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    def check(name: str) -> None:
        view.page.screenshot(path=screenshots / f"viewer-runs-{name}-{theme}.png")
        found = Axe().run(view.page, ".sidebar", {"resultTypes": ["violations"]}).response["violations"]
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found if fault["impact"] in SERIOUS] == []
        view.assert_nothing_sticks_out()

    view = open_viewer(
        logdir, f"#scalars&theme={theme}&runs=mlp OR cnn loss<0.9&run-order=value&run-order=up&run-order=lr", address
    )
    view.wait(lambda: names(view), lambda found: len(found) == 4)
    row(view, "mlp/lr=0.1/sgd").locator("input").uncheck()
    view.get("run-tree").focus()
    check("tree")
    view.get("run-filter").fill("mlp (cnn")
    view.get("mistake").wait_for()
    check("mistake")
    view.get("run-filter").fill("")
    view.get("filter-help").click()
    check("help")
    view.page.keyboard.press("Escape")
    view.get("run-order-button").click()
    check("order")
    view.page.keyboard.press("Escape")
    view.get("color-by-button").click()
    view.get("color-by").locator("[data-value=hparam]").click()
    view.get("color-group").first.wait_for()
    check("color-by")
    view.page.keyboard.press("Escape")
    view.page.set_viewport_size({"width": 900, "height": 700})
    row(view, "mlp/lr=0.1/sgd").get_by_test_id("run-dot").click()
    check("color")
    view.page.keyboard.press("Escape")
    row(view, "mlp/lr=0.1/sgd").hover()
    row(view, "mlp/lr=0.1/sgd").get_by_test_id("run-more").click()
    check("menu")
