"""TensorFlow Lite's side of org.signet.bench.InferenceLoop: the same arguments, the same output.

    python peer_run.py MODEL.tflite INPUT.npy OUTPUT.npy WARM_UP_SECONDS CALLS

One thread; XNNPACK as it is by default.
"""

import json
import sys
import time

import numpy as np
import tensorflow as tf

model, given, target, warm_up, calls = sys.argv[1:]
interpreter = tf.lite.Interpreter(model_path=model, num_threads=1)
interpreter.allocate_tensors()
source = interpreter.get_input_details()[0]["index"]
result = interpreter.get_output_details()[0]["index"]
value = np.load(given)


def run():
    interpreter.set_tensor(source, value)
    interpreter.invoke()
    return interpreter.get_tensor(result)


np.save(target, run())
end = time.perf_counter() + float(warm_up)
while time.perf_counter() < end:
    run()
seconds = []
for _ in range(int(calls)):
    start = time.perf_counter()
    run()
    seconds.append(time.perf_counter() - start)
print(json.dumps(seconds))
