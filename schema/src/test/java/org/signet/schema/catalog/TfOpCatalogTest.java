package org.signet.schema.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.signet.schema.catalog.AttrValue.BoolValue;
import org.signet.schema.catalog.AttrValue.FloatValue;
import org.signet.schema.catalog.AttrValue.IntValue;
import org.signet.schema.catalog.AttrValue.ListValue;
import org.signet.schema.catalog.AttrValue.ShapeValue;
import org.signet.schema.catalog.AttrValue.StringValue;
import org.signet.schema.catalog.AttrValue.TensorValue;
import org.signet.schema.catalog.AttrValue.TypeValue;
import org.signet.schema.catalog.TfOpDef.ArgDef;
import org.signet.schema.catalog.TfOpDef.AttrDef;
import org.signet.schema.catalog.TfOpDef.Trait;

class TfOpCatalogTest {
  private final TfOpCatalog catalog = TfOpCatalog.standard();

  private static ArgDef fixed(String name, String type) {
    return arg(name, Optional.of(type), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static ArgDef typed(String name, String attr) {
    return arg(name, Optional.empty(), Optional.of(attr), Optional.empty(), Optional.empty());
  }

  private static ArgDef arg(
      String name,
      Optional<String> type,
      Optional<String> typeAttr,
      Optional<String> numberAttr,
      Optional<String> typeListAttr) {
    return new ArgDef(name, type, typeAttr, numberAttr, typeListAttr, false);
  }

  private static AttrDef attr(TfOpDef op, String name) {
    return op.attr(name).orElseThrow();
  }

  @Test
  void hasEveryOpOfTensorFlowAndEveryFlexOp() {
    List<String> names = catalog.names();
    assertThat(names).hasSize(1936).isSorted().doesNotHaveDuplicates();
    List<TfOpDef> ops = names.stream().map(catalog::get).toList();
    assertThat(ops).extracting(TfOpDef::name).isEqualTo(names);
    assertThat(ops.stream().filter(TfOpDef::registered)).hasSize(1910);
    assertThat(ops.stream().filter(TfOpDef::flexListed)).hasSize(770);
    assertThat(ops.stream().filter(op -> op.traits().contains(Trait.TF_TEXT))).hasSize(20);
    assertThat(ops.stream().filter(op -> op.traits().contains(Trait.SENTENCEPIECE))).hasSize(6);
  }

  @Test
  void everyArgumentRefersToAnAttributeOfItsKind() {
    for (String name : catalog.names()) {
      TfOpDef op = catalog.get(name);
      for (List<ArgDef> args : List.of(op.inputs(), op.outputs())) {
        for (ArgDef arg : args) {
          arg.typeAttr().ifPresent(at -> assertThat(attr(op, at).kind()).isEqualTo("type"));
          arg.numberAttr().ifPresent(at -> assertThat(attr(op, at).kind()).isEqualTo("int"));
          arg.typeListAttr()
              .ifPresent(at -> assertThat(attr(op, at).kind()).isEqualTo("list(type)"));
        }
      }
    }
  }

  @Test
  void convolution() {
    TfOpDef op = catalog.get("Conv2D");
    assertThat(op.inputs()).containsExactly(typed("input", "T"), typed("filter", "T"));
    assertThat(op.outputs()).containsExactly(typed("output", "T"));
    assertThat(op.attrs())
        .extracting(AttrDef::name)
        .containsExactly(
            "T",
            "strides",
            "use_cudnn_on_gpu",
            "padding",
            "explicit_paddings",
            "data_format",
            "dilations");
    assertThat(attr(op, "T").allowed())
        .contains(new TypeValue("FLOAT"), new TypeValue("HALF"), new TypeValue("BFLOAT16"))
        .hasSize(5);
    assertThat(attr(op, "strides").kind()).isEqualTo("list(int)");
    assertThat(attr(op, "strides").defaultValue()).isEmpty();
    assertThat(attr(op, "use_cudnn_on_gpu").defaultValue()).contains(new BoolValue(true));
    assertThat(attr(op, "data_format").defaultValue()).contains(new StringValue("NHWC"));
    assertThat(attr(op, "explicit_paddings").defaultValue()).contains(new ListValue(List.of()));
    IntValue one = new IntValue(1);
    assertThat(attr(op, "dilations").defaultValue())
        .contains(new ListValue(List.of(one, one, one, one)));
    assertThat(op.stateful()).isFalse();
    assertThat(op.flexListed()).isTrue();
  }

  @Test
  void splitAndPack() {
    TfOpDef split = catalog.get("Split");
    assertThat(split.inputs()).containsExactly(fixed("split_dim", "INT32"), typed("value", "T"));
    assertThat(split.outputs())
        .containsExactly(
            arg(
                "output",
                Optional.empty(),
                Optional.of("T"),
                Optional.of("num_split"),
                Optional.empty()));
    assertThat(split.outputs().getFirst().variadic()).isTrue();
    assertThat(attr(split, "num_split").minimum()).isEqualTo(OptionalLong.of(1));
    TfOpDef splitV = catalog.get("SplitV");
    assertThat(splitV.inputs())
        .containsExactly(
            typed("value", "T"), typed("size_splits", "Tlen"), fixed("split_dim", "INT32"));
    assertThat(attr(splitV, "Tlen").defaultValue()).contains(new TypeValue("INT64"));
    TfOpDef pack = catalog.get("Pack");
    assertThat(pack.inputs().getFirst().numberAttr()).contains("N");
    assertThat(attr(pack, "axis").defaultValue()).contains(new IntValue(0));
  }

  @Test
  void listsOfTypes() {
    TfOpDef op = catalog.get("ParseExampleV2");
    assertThat(op.inputs()).hasSize(6);
    assertThat(op.inputs().getLast())
        .isEqualTo(
            arg(
                "dense_defaults",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("Tdense")));
    assertThat(op.outputs().getFirst())
        .isEqualTo(
            arg(
                "sparse_indices",
                Optional.of("INT64"),
                Optional.empty(),
                Optional.of("num_sparse"),
                Optional.empty()));
    assertThat(attr(op, "dense_shapes").kind()).isEqualTo("list(shape)");
    assertThat(attr(op, "Tdense").allowed())
        .containsExactly(new TypeValue("FLOAT"), new TypeValue("INT64"), new TypeValue("STRING"));
  }

  @Test
  void stridedSlice() {
    TfOpDef op = catalog.get("StridedSlice");
    assertThat(op.inputs())
        .containsExactly(
            typed("input", "T"),
            typed("begin", "Index"),
            typed("end", "Index"),
            typed("strides", "Index"));
    for (String mask :
        List.of("begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask")) {
      assertThat(attr(op, mask).defaultValue()).contains(new IntValue(0));
    }
  }

  @Test
  void variables() {
    TfOpDef handle = catalog.get("VarHandleOp");
    assertThat(handle.stateful()).isTrue();
    assertThat(handle.inputs()).isEmpty();
    assertThat(handle.outputs()).containsExactly(fixed("resource", "RESOURCE"));
    assertThat(attr(handle, "shared_name").defaultValue()).contains(new StringValue(""));
    assertThat(attr(handle, "dtype").defaultValue()).isEmpty();
    TfOpDef assign = catalog.get("Assign");
    assertThat(assign.inputs().getFirst().ref()).isTrue();
    assertThat(assign.inputs().getLast().ref()).isFalse();
    assertThat(assign.traits()).contains(Trait.ALLOWS_UNINITIALIZED_INPUT);
  }

  @Test
  void defaultsOfEveryKind() {
    TfOpDef op = catalog.get("DefaultAttrs");
    assertThat(attr(op, "float_val").defaultValue()).contains(new FloatValue(10));
    assertThat(attr(op, "string_list_val").defaultValue())
        .contains(new ListValue(List.of(new StringValue("abc"), new StringValue(""))));
    assertThat(attr(op, "shape_val").defaultValue())
        .contains(new ShapeValue(Optional.of(List.of(2L, 1L))));
    assertThat(attr(op, "shape_list_val").defaultValue())
        .contains(
            new ListValue(
                List.of(
                    new ShapeValue(Optional.of(List.of())),
                    new ShapeValue(Optional.of(List.of(1L))))));
    assertThat(attr(op, "tensor_val").defaultValue())
        .contains(new TensorValue("INT32", List.of(), List.of(1L)));
    assertThat(attr(catalog.get("ImageSummary"), "bad_color").defaultValue())
        .contains(new TensorValue("UINT8", List.of(4L), List.of(255L, 0L, 0L, 255L)));
    assertThat(attr(catalog.get("Placeholder"), "shape").defaultValue())
        .contains(new ShapeValue(Optional.empty()));
    assertThat(attr(catalog.get("StringFormat"), "template").defaultValue())
        .contains(new StringValue("%s"));
    assertThat(attr(catalog.get("DecodeCSV"), "field_delim").defaultValue())
        .contains(new StringValue(","));
    assertThat(attr(catalog.get("QuantizeAndDequantizeV4"), "range_given").defaultValue())
        .contains(new BoolValue(false));
    assertThat(attr(catalog.get("LeakyRelu"), "alpha").defaultValue())
        .contains(new FloatValue(0.2f));
  }

  @Test
  void opsOfOtherLibrariesAreKnownByName() {
    TfOpDef op = catalog.get("TFText>NgramsStringJoin");
    assertThat(op.registered()).isFalse();
    assertThat(op.flexListed()).isTrue();
    assertThat(catalog.get("SentencepieceDecode").traits()).contains(Trait.SENTENCEPIECE);
  }

  @Test
  void hasInternalOps() {
    assertThat(catalog.find("_FusedConv2D")).isPresent();
    assertThat(catalog.get("PartitionedCall").attr("f")).map(AttrDef::kind).contains("func");
  }

  @Test
  void unknownNames() {
    for (String name : List.of("", "Conv2", "Conv2DX", "~", "Abs\tF", "Abs\n", "é")) {
      assertThat(catalog.find(name)).as(name).isEmpty();
    }
    assertThatThrownBy(() -> catalog.get("Nope"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Nope");
  }

  @Test
  void keepsWhatItParsed() {
    assertThat(catalog.get("MatMul")).isSameAs(catalog.get("MatMul"));
  }
}
