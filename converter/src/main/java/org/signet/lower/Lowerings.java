package org.signet.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

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
        new ActivationGradientLowering(),
        new ActivationLowering(),
        new BitwiseLowering(),
        new BlockUpdateLowering(),
        new BroadcastLowering(),
        new CastLowering(),
        new ChannelGradientLowering(),
        new ChannelLowering(),
        new ColorLowering(),
        new ComplexLowering(),
        new ConcatLowering(),
        new ConcatOffsetLowering(),
        new ConvolutionLowering(),
        new CountLowering(),
        new CropLowering(),
        new CrossLowering(),
        new CumulativeLowering(),
        new DequantizationLowering(),
        new DiagonalLowering(),
        new DirectLowerings(),
        new DoubleLowering(),
        new DynamicSliceLowering(),
        new EinsumLowering(),
        new ElementUpdateLowering(),
        new FakeQuantLowering(),
        new FillLowering(),
        new FourierLowering(),
        new FunctionLowering(),
        new GatherLowering(),
        new GradientArgsLowering(),
        new GuardedLowering(),
        new RootLowering(),
        new InTopLowering(),
        new IntegerLowering(),
        new IntegerProductLowering(),
        new LevelsLowering(),
        new LossLowering(),
        new MatMulLowering(),
        new MaxPoolLowering(),
        new NearEqualLowering(),
        new NextNumberLowering(),
        new PadLowering(),
        new PatchLowering(),
        new Pool3dLowering(),
        new PoolLowering(),
        new QuantizationLowering(),
        new RandomLowering(),
        new ReduceLowering(),
        new ResampleGradientLowering(),
        new ResampleLowering(),
        new ReshapeLowering(),
        new ResizeLowering(),
        new ResponseLowering(),
        new ReverseLowering(),
        new RollLowering(),
        new RoundedLowering(),
        new RoundedRowsLowering(),
        new ScatterLowering(),
        new SearchLowering(),
        new SegmentLowering(),
        new SelectLowering(),
        new SequenceLowering(),
        new ShapeLowering(),
        new SliceGradientLowering(),
        new SliceLowering(),
        new SliceUpdateLowering(),
        new SortedSearchLowering(),
        new SpaceLowering(),
        new SpecialFunctionLowering(),
        new SplitLowering(),
        new StitchLowering(),
        new SuppressionLowering(),
        new TopLowering(),
        new TransposeLowering(),
        new UniqueLowering(),
        new UnknownSliceGradientLowering(),
        new UnravelLowering(),
        new VolumeLowering(),
        new WindowGradientLowering());
  }

  /** Those for one op, in the order in which they are tried. */
  public List<Lowering> of(String op) {
    return byOp.getOrDefault(op, List.of());
  }

  /** The ops that have a lowering. */
  public Set<String> ops() {
    return byOp.keySet();
  }
}
