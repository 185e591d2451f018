package org.signet.pass.stablehlo;

import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.signet.ir.Value;
import org.signet.source.stablehlo.HloOp;
import org.signet.source.stablehlo.HloValue;

/** The values that a region of a module sees, in one graph. */
final class Frame {
  private final ModuleContext module;
  private final int depth;
  private final Map<HloValue, Spread> values = new HashMap<>();
  private final Map<HloValue, Value> wholes = new HashMap<>();
  private final Map<HloValue, HloOp> makers;

  private Frame(ModuleContext module, int depth, Map<HloValue, HloOp> makers) {
    this.module = module;
    this.depth = depth;
    this.makers = makers;
  }

  Frame(ModuleContext module, int depth) {
    this(module, depth, new HashMap<>());
  }

  /** A frame of a region in another graph, that sees no values yet. */
  Frame nested() {
    return new Frame(module, depth, makers);
  }

  /** A frame to try a region in. */
  Frame forTrial() {
    return new Frame(module.forTrial(), depth);
  }

  /** A frame to run a region of scalars on tensors. */
  Frame onTensors() {
    return new Frame(module.forTensors(), depth);
  }

  /** A frame of a function called from here. */
  Frame called() {
    return new Frame(module, depth + 1);
  }

  ModuleContext module() {
    return module;
  }

  int depth() {
    return depth;
  }

  void put(HloValue value, Spread spread) {
    values.put(value, spread);
  }

  void made(HloValue value, HloOp maker) {
    makers.put(value, maker);
  }

  Optional<HloOp> maker(HloValue value) {
    return Optional.ofNullable(makers.get(value));
  }

  Spread get(HloValue value) {
    Spread known = values.get(value);
    if (known == null) {
      throw new NoSuchElementException("a value that nothing gives");
    }
    return known;
  }

  /** A value, broadcast once for all who need it whole. */
  Value whole(HloValue value, TfEmitter emit) {
    Value known = wholes.get(value);
    if (known == null) {
      known = get(value).whole(emit);
      wholes.put(value, known);
    }
    return known;
  }
}
