"""The JupyterLab extension and its Jupyter Server part."""
