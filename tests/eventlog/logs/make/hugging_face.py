"""What the Trainer of transformers and the tracker of accelerate log: ``python hugging_face.py``."""

from __future__ import annotations

import os

import neutral

neutral.begin("hugging_face")
os.environ["TENSORBOARD_LOGGING_DIR"] = "runs/first"

import accelerate  # noqa: E402
import torch  # noqa: E402
import transformers  # noqa: E402


class Model(torch.nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.layer = torch.nn.Linear(2, 1)

    def forward(self, x, labels):
        found = self.layer(x)
        return {"loss": (found - labels).square().mean(), "logits": found}


rows = [{"x": torch.randn(2), "labels": torch.zeros(1)} for _ in range(8)]
arguments = transformers.TrainingArguments(
    "out", report_to="tensorboard", logging_steps=1, eval_strategy="epoch", save_strategy="no", use_cpu=True,
    num_train_epochs=2, per_device_train_batch_size=4, disable_tqdm=True,
)  # fmt: skip
transformers.Trainer(Model(), arguments, train_dataset=rows, eval_dataset=rows).train()

tracked = accelerate.Accelerator(log_with="tensorboard", project_dir="tracked", cpu=True)
tracked.init_trackers("project", config={"rate": 0.1, "net": "cnn"})
for step in range(3):
    tracked.log({"loss": 1.0 / (step + 1), "both": {"a": 1.0, "b": 2.0}}, step)
tracked.end_training()
versions = [f"{module.__name__} {module.__version__}" for module in (transformers, accelerate, torch)]
neutral.end(*versions)
