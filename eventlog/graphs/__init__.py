"""The graphs of models (of torch, Keras, ONNX and OpenVINO), as TensorBoard stores them."""
