package org.signet.pass.stablehlo;

import java.util.ArrayList;
import java.util.List;
import org.signet.diag.Code;
import org.signet.diag.Malformed;
import org.signet.diag.Origin;
import org.signet.diag.RefusedOp;
import org.signet.diag.SignetException;
import org.signet.ir.GraphBuilder;
import org.signet.ir.UnknownNodes;
import org.signet.ir.Value;
import org.signet.source.stablehlo.HloOp;
import org.signet.source.stablehlo.HloRegion;
import org.signet.source.stablehlo.HloType;
import org.signet.source.stablehlo.HloValue;
import org.signet.type.DType;
import org.signet.type.TensorType;

/** Imports the ops of regions into graphs, one after the other. */
final class RegionImporter {
  private RegionImporter() {}

  /** What a region gives for these arguments. */
  static List<Spread> results(
      HloRegion region, List<Spread> arguments, Frame frame, GraphBuilder builder, Origin origin) {
    if (arguments.size() != region.arguments().size()) {
      throw new IllegalArgumentException(
          "a region of " + region.arguments().size() + " arguments gets " + arguments.size());
    }
    for (int i = 0; i < arguments.size(); i++) {
      frame.put(region.arguments().get(i), arguments.get(i));
    }
    for (HloOp op : region.ops().subList(0, region.ops().size() - 1)) {
      importOp(op, frame, builder, origin);
    }
    return region.results().stream().map(frame::get).toList();
  }

  /** The same, whole. */
  static List<Value> values(
      HloRegion region, List<Spread> arguments, Frame frame, GraphBuilder builder, Origin origin) {
    results(region, arguments, frame, builder, origin);
    TfEmitter emit = new TfEmitter(builder, frame.module().node() + "/result", origin);
    return region.results().stream().map(result -> frame.whole(result, emit)).toList();
  }

  private static void importOp(HloOp op, Frame frame, GraphBuilder builder, Origin origin) {
    String name = frame.module().node() + "/" + op.name();
    HloCall call = new HloCall(op, frame, new TfEmitter(builder, name, origin));
    List<Spread> results =
        Malformed.guard(
            Code.MALFORMED_STABLEHLO,
            "stablehlo." + op.name(),
            origin,
            () -> resultsOrReport(call));
    for (int i = 0; i < op.results().size(); i++) {
      frame.put(op.results().get(i), results.get(i));
      frame.made(op.results().get(i), op);
    }
  }

  /** The results of an op; if it is refused, what stands for them, to find what else is. */
  private static List<Spread> resultsOrReport(HloCall call) {
    HloOp op = call.op();
    boolean unknown = op.operands().stream().anyMatch(operand -> isUnknown(call, operand));
    if (unknown) {
      return unknown(call);
    }
    try {
      for (HloValue result : op.results()) {
        if (result.type() instanceof HloType.Other(String type)) {
          throw call.refused("a result of type " + type);
        }
      }
      if (computesFourBits(call)) {
        throw call.refused("arithmetic of " + DType.INT4);
      }
      return HloImports.find(op.name()).results(call);
    } catch (SignetException e) {
      if (e.code().kind() != Code.Kind.NOT_CONVERTIBLE) {
        throw e;
      }
      RefusedOp refused = new RefusedOp("stablehlo." + op.name(), List.of());
      e.diagnostics().stream()
          .map(diagnostic -> diagnostic.refusing(refused))
          .forEach(call.frame().module().report()::add);
      return unknown(call);
    }
  }

  /** Whether an op computes with integers of four bits, which TensorFlow only stores and moves. */
  private static boolean computesFourBits(HloCall call) {
    return HloImports.find(call.op().name()) instanceof Elementwise
        && !call.op().name().equals("convert")
        && call.op().results().stream()
            .anyMatch(result ->
                result.type() instanceof HloType.Ranked(TensorType type)
                    && type.dtype() == DType.INT4);
  }

  /** Whether a value stands for one of which not even the rank is known. */
  private static boolean isUnknown(HloCall call, HloValue operand) {
    Value value = call.frame().get(operand).value();
    return UnknownNodes.give(value) && !value.type().shape().hasRank();
  }

  private static List<Spread> unknown(HloCall call) {
    HloOp op = call.op();
    List<Value> operands =
        op.operands().stream().map(operand -> call.frame().get(operand).value()).toList();
    List<TensorType> types = new ArrayList<>();
    for (HloValue result : op.results()) {
      types.add(
          result.type() instanceof HloType.Ranked(TensorType type)
              ? type
              : TensorType.unranked(DType.VARIANT));
    }
    TfEmitter emit = call.emit();
    return UnknownNodes.add(emit.builder(), operands, types, emit.name(), emit.origin()).stream()
        .map(Spread::of)
        .toList();
  }
}
