package org.signet.source.keras;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** TensorFlow's functions, as Keras 2 names them in files, under the names of {@code keras.ops}. */
final class FunctionNames {
  /** Those whose name without what is before the last dot is not the one of {@code keras.ops}. */
  private static final Map<String, String> OTHERS = new TreeMap<>();

  static {
    String pairs =
        """
        __operators__.add=add __operators__.eq=equal __operators__.getitem=get_item
        __operators__.ne=not_equal clip_by_value=clip compat.v1.floor_div=floor_divide
        compat.v1.math.scalar_mul=scalar_mul concat=concatenate image.resize=image_resize
        math.acos=arccos math.acosh=arccosh math.asin=arcsin math.asinh=arcsinh math.atan=arctan
        math.atan2=arctan2 math.atanh=arctanh math.floordiv=floor_divide math.floormod=mod
        math.is_finite=isfinite math.is_inf=isinf math.is_nan=isnan math.pow=power
        math.reduce_all=all math.reduce_any=any math.reduce_euclidean_norm=euclidean_norm
        math.reduce_logsumexp=logsumexp math.reduce_max=max math.reduce_mean=mean
        math.reduce_min=min math.reduce_prod=prod math.reduce_std=std math.reduce_sum=sum
        math.reduce_variance=var math.truediv=divide keras.backend.batch_flatten=batch_flatten
        """;
    for (String pair : pairs.strip().split("\\s+", -1)) {
      int equals = pair.indexOf('=');
      OTHERS.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
  }

  /** Where the functions of {@code keras.ops} are. */
  private static final Set<String> MODULES =
      Set.of("", "compat.v1.", "compat.v1.math.", "compat.v1.nn.", "linalg.", "math.", "nn.");

  /** Names that mean another thing in TensorFlow. */
  private static final Set<String> DIFFERENT = Set.of("normalize", "average", "append");

  private FunctionNames() {}

  /** The name of a function for a name in a file of Keras 2, which may be none of a function. */
  static String ofKeras2(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    boolean plain = MODULES.contains(name.substring(0, name.length() - last.length()));
    return Optional.ofNullable(OTHERS.get(name))
        .orElse(plain && !DIFFERENT.contains(last) ? last : name);
  }
}
