"""The picture of a board that stays in a notebook: what was shown last, where no widget can be.

`page.bundle` makes the forms of an output from a `shown.Shown`. Charts are drawn as SVG (`chart`), images become small
copies (`thumbnail`), everything else is HTML. All of it is bounded, whatever the log holds; nothing in it is a script,
names and texts out of the log are escaped, and charts are images, so that pages which strip scripts and styles show
them.
"""
