package org.signet.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The lowerings, by TensorFlow op. */
public final class Lowerings {
  private final Map<String, List<Lowering>> byOp = new HashMap<>();

  private Lowerings(List<Lowering> lowerings) {
    for (Lowering lowering : lowerings) {
      lowering
          .ops()
          .forEach(op -> byOp.computeIfAbsent(op, name -> new ArrayList<>()).add(lowering));
    }
  }

  /**
   * All of them, extensions first; where several are for one op, the first that does not decline is
   * taken.
   */
  public static Lowerings standard() {
    List<Lowering> all = new ArrayList<>();
    ServiceLoader.load(Lowering.class, Lowering.class.getClassLoader()).forEach(all::add);
    all.addAll(own());
    return new Lowerings(all);
  }

  /** In alphabetical order: a new one is added here, and nowhere else. */
  private static List<Lowering> own() {
    return List.of(
        new ActivationLowering(),
        new BroadcastLowering(),
        new CastLowering(),
        new ChannelLowering(),
        new ConcatLowering(),
        new ConvolutionLowering(),
        new DirectLowerings(),
        new EinsumLowering(),
        new ElementUpdateLowering(),
        new FillLowering(),
        new FourierLowering(),
        new GatherLowering(),
        new MatMulLowering(),
        new PadLowering(),
        new PoolLowering(),
        new ReduceLowering(),
        new ReshapeLowering(),
        new ResizeLowering(),
        new SearchLowering(),
        new SelectLowering(),
        new ShapeLowering(),
        new SliceLowering(),
        new SpaceLowering(),
        new SplitLowering(),
        new TransposeLowering());
  }

  /** Those for one op, in the order in which they are tried. */
  public List<Lowering> of(String op) {
    return byOp.getOrDefault(op, List.of());
  }

  /** The ops that have a lowering. */
  public java.util.Set<String> ops() {
    return byOp.keySet();
  }
}
