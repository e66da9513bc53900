"""A run of Lightning's trainer with its TensorBoard logger: ``python lightning_logger.py``."""

from __future__ import annotations

import lightning
import neutral
import torch
from lightning.pytorch.loggers import TensorBoardLogger

neutral.begin("lightning")


class Model(lightning.LightningModule):
    def __init__(self, rate: float = 0.1, net: str = "linear") -> None:
        super().__init__()
        self.save_hyperparameters()
        self.layer = torch.nn.Linear(2, 1)
        self.example_input_array = torch.zeros(1, 2)

    def forward(self, x):
        return self.layer(x)

    def training_step(self, batch, index):
        loss = self.layer(batch).square().mean()
        self.log("loss", loss, on_step=True, on_epoch=True)
        return loss

    def validation_step(self, batch, index):
        loss = self.layer(batch).square().mean()
        self.log("val_loss", loss)
        self.log("hp_metric", loss)

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), self.hparams.rate)


lightning.seed_everything(1)
data = torch.utils.data.DataLoader(torch.randn(8, 2), 4)
logger = TensorBoardLogger(".", log_graph=True)
options = {"enable_checkpointing": False, "enable_progress_bar": False, "enable_model_summary": False}
trainer = lightning.Trainer(max_epochs=3, log_every_n_steps=1, logger=logger, accelerator="cpu", **options)
trainer.fit(Model(), data, data)
neutral.end(f"lightning {lightning.__version__}", f"torch {torch.__version__}")
