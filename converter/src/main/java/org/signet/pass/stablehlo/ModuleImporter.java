package org.signet.pass.stablehlo;

import java.util.ArrayList;
import java.util.List;
import org.signet.diag.Origin;
import org.signet.diag.Report;
import org.signet.diag.SignetException;
import org.signet.ir.GraphBuilder;
import org.signet.ir.Value;
import org.signet.op.Attributes;
import org.signet.source.stablehlo.HloModule;
import org.signet.source.stablehlo.HloRegion;
import org.signet.source.stablehlo.HloType;
import org.signet.source.stablehlo.HloValue;
import org.signet.source.stablehlo.StableHloReader;
import org.signet.type.Shape;
import org.signet.type.TensorType;

/** Puts the ops of a module in the place of the node {@code XlaCallModule} that holds it. */
public final class ModuleImporter {
  /** The op that holds a module. */
  public static final String OP = "XlaCallModule";

  private ModuleImporter() {}

  /**
   * The node's results.
   *
   * @param called the functions that the node names
   * @param report takes the ops that can't be converted, each with StableHLO's name
   * @throws SignetException MALFORMED_STABLEHLO, UNSUPPORTED_SOURCE
   */
  public static List<Value> results(
      Attributes attributes,
      List<Value> operands,
      GraphBuilder builder,
      CalledFunctions called,
      Report report,
      String name,
      Origin origin) {
    HloModule module;
    try {
      module = StableHloReader.read(attributes.getBytes("module"));
    } catch (SignetException e) {
      throw e.at(origin);
    }
    HloRegion main = module.find(HloModule.MAIN).orElseThrow().body();
    TfEmitter emit = new TfEmitter(builder, name, origin);
    ModuleContext context = new ModuleContext(module, report, name, builder, called, false, false);
    Frame frame = new Frame(context, 0);
    List<Spread> arguments = new ArrayList<>();
    int next = 0;
    int platform = main.arguments().size() - operands.size();
    for (HloValue argument : main.arguments()) {
      boolean token = argument.type() instanceof HloType.Token;
      if (platform == 1 && arguments.isEmpty()) {
        arguments.add(Spread.of(emit.scalar(platform(attributes))));
      } else if (token) {
        arguments.add(Spread.of(emit.scalar(0)));
        next++;
      } else {
        arguments.add(argument(emit, operands.get(next++), argument));
      }
    }
    return RegionImporter.values(main, arguments, frame, builder, origin);
  }

  /** A module for several platforms is told which one it runs on. */
  private static int platform(Attributes attributes) {
    List<String> platforms =
        attributes.getList("platforms", Attributes.Bytes.class).stream()
            .map(bytes -> new String(bytes.value(), java.nio.charset.StandardCharsets.UTF_8))
            .toList();
    return Math.max(platforms.indexOf("CPU"), 0);
  }

  /** An operand as the module takes it: sizes that the module knows are known of it. */
  private static Spread argument(TfEmitter emit, Value operand, HloValue argument) {
    if (!(argument.type() instanceof HloType.Ranked(TensorType type))) {
      return Spread.of(operand);
    }
    if (type.dtype() != operand.type().dtype()) {
      throw new IllegalArgumentException(
          "an argument of type " + type + " is given " + operand.type());
    }
    Shape given = operand.type().shape();
    Shape known = given.hasRank() ? given.refine(type.shape()) : type.shape();
    if (known.equals(given)) {
      return Spread.of(operand);
    }
    Attributes attributes = TfEmitter.types("T", operand).with("shape", known);
    return Spread.of(emit.one("EnsureShape", attributes, operand));
  }
}
