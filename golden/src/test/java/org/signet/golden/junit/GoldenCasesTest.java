package org.signet.golden.junit;

/** Converts each of the project's cases, runs it and compares with TensorFlow's numbers. */
class GoldenCasesTest {
  @GoldenCases("golden/cases")
  void givesWhatTensorFlowGives(GoldenSignature signature) {
    signature.check();
  }
}
