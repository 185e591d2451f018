package org.signet.model;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.signet.diag.Code;
import org.signet.diag.SignetException;

/**
 * Checks what the values of a file mean: indices, the order of operators, the sizes of constants,
 * signatures, and which subgraphs run which. Each problem is reported as MALFORMED_MODEL with its
 * place.
 */
final class ModelVerifier {
  private final ModelContents model;

  private ModelVerifier(ModelContents model) {
    this.model = model;
  }

  /**
   * @throws SignetException {@link Code#MALFORMED_MODEL}
   */
  static void verify(ModelContents model) {
    new ModelVerifier(model).verify();
  }

  private void verify() {
    check(!model.subgraphs().isEmpty(), "the model", "has no subgraph");
    for (int i = 0; i < model.subgraphs().size(); i++) {
      verify(model.subgraphs().get(i), "subgraph " + i);
    }
    new SubgraphCalls(model.subgraphs()).verify();
    Set<String> keys = new HashSet<>();
    for (ModelSignature signature : model.signatures()) {
      check(keys.add(signature.key()), "the model", "has two signatures '" + signature.key() + "'");
      verify(signature);
    }
  }

  private void verify(ModelSubgraph subgraph, String place) {
    List<ModelTensor> tensors = subgraph.tensors();
    boolean[] available = new boolean[tensors.size()];
    for (int i = 0; i < tensors.size(); i++) {
      ModelTensor tensor = tensors.get(i);
      boolean constant = hasData(tensor);
      if (constant) {
        check(!tensor.isVariable(), place + ", tensor " + i, "is a variable and a constant");
        ConstantLayout.check(
            tensor, model.buffers().get(tensor.buffer()).size(), place + ", tensor " + i);
      }
      // A constant without elements has no data to tell it from others.
      available[i] = constant || tensor.isVariable() || isEmpty(tensor);
    }
    for (int input : subgraph.inputs()) {
      checkIndex(input, tensors.size(), place + ", inputs");
      check(
          !hasData(tensors.get(input)), place, "has the constant tensor " + input + " as an input");
      available[input] = true;
    }
    for (int i = 0; i < subgraph.operators().size(); i++) {
      ModelOperator operator = subgraph.operators().get(i);
      verify(
          operator, subgraph, available, place + ", operator " + i + " (" + operator.key() + ")");
    }
    for (int output : subgraph.outputs()) {
      checkIndex(output, tensors.size(), place + ", outputs");
      check(available[output], place, "returns tensor " + output + ", which nothing computes");
    }
  }

  private void verify(
      ModelOperator operator, ModelSubgraph subgraph, boolean[] available, String place) {
    for (int operand : operator.operands()) {
      if (operand != ModelOperator.ABSENT) {
        checkIndex(operand, available.length, place + ", inputs");
        check(available[operand], place, "needs tensor " + operand + " before it is computed");
      }
    }
    Set<Integer> results = new HashSet<>();
    for (int result : operator.results()) {
      checkIndex(result, available.length, place + ", outputs");
      ModelTensor tensor = subgraph.tensors().get(result);
      check(
          (!available[result] || isEmpty(tensor)) && !hasData(tensor) && results.add(result),
          place,
          "computes tensor " + result + ", which has a value already");
    }
    for (int result : operator.results()) {
      available[result] = true;
    }
  }

  private boolean hasData(ModelTensor tensor) {
    return tensor.buffer() != 0 && !model.buffers().get(tensor.buffer()).isEmpty();
  }

  private static boolean isEmpty(ModelTensor tensor) {
    return tensor.type().shape().isStatic()
        && Arrays.stream(tensor.type().shape().dims()).anyMatch(size -> size == 0);
  }

  private void verify(ModelSignature signature) {
    String place = "signature '" + signature.key() + "'";
    check(
        signature.subgraph() < model.subgraphs().size(),
        place,
        "is of subgraph " + signature.subgraph() + " of " + model.subgraphs().size());
    ModelSubgraph subgraph = model.subgraphs().get(signature.subgraph());
    verifyNames(signature.inputs().values(), subgraph.inputs(), place, "input");
    verifyNames(signature.outputs().values(), subgraph.outputs(), place, "output");
    for (int input : subgraph.inputs()) {
      check(
          signature.inputs().containsValue(input),
          place,
          "has no name for the input tensor " + input + " of its subgraph");
    }
  }

  private static void verifyNames(
      Iterable<Integer> named, int[] declared, String place, String role) {
    Set<Integer> tensors = new HashSet<>();
    for (int tensor : declared) {
      tensors.add(tensor);
    }
    for (int tensor : named) {
      check(
          tensors.contains(tensor),
          place,
          "names tensor " + tensor + ", which is no " + role + " of its subgraph");
    }
  }

  private static void checkIndex(int index, int count, String place) {
    check(index >= 0 && index < count, place, "has the index " + index + " of " + count);
  }

  static void check(boolean condition, String place, String problem) {
    if (!condition) {
      throw SignetException.of(Code.MALFORMED_MODEL, place + ' ' + problem);
    }
  }
}
