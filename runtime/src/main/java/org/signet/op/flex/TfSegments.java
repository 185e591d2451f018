package org.signet.op.flex;

import java.util.List;
import org.signet.op.Accuracy;
import org.signet.op.OpDefinition;
import org.signet.op.SegmentReduction;

/** TensorFlow's reductions of rows by segment number. */
final class TfSegments {
  private TfSegments() {}

  static List<OpDefinition> definitions() {
    return List.of(
        sorted("SegmentSum", SegmentReduction.SUM),
        sorted("SegmentMean", SegmentReduction.MEAN),
        sorted("SegmentProd", SegmentReduction.PROD),
        sorted("SegmentMax", SegmentReduction.MAX).accurate(Accuracy.EXACT),
        sorted("SegmentMin", SegmentReduction.MIN).accurate(Accuracy.EXACT),
        unsorted("UnsortedSegmentSum", SegmentReduction.SUM),
        unsorted("UnsortedSegmentProd", SegmentReduction.PROD),
        unsorted("UnsortedSegmentMax", SegmentReduction.MAX).accurate(Accuracy.EXACT),
        unsorted("UnsortedSegmentMin", SegmentReduction.MIN).accurate(Accuracy.EXACT));
  }

  private static OpDefinition sorted(String name, SegmentReduction reduction) {
    return OpDefinition.tf(name, SegmentReduction::inferSorted, reduction::reduceSorted)
        .accurate(Accuracy.ACCUMULATED);
  }

  private static OpDefinition unsorted(String name, SegmentReduction reduction) {
    return OpDefinition.tf(name, SegmentReduction::inferUnsorted, reduction::reduceUnsorted)
        .accurate(Accuracy.ACCUMULATED);
  }
}
