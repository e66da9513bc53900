"""``%board`` and the ``notebook`` functions."""
