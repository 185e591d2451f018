package org.signet.diag;

import java.util.Locale;

/**
 * The stable codes of everything Signet reports. A code never changes its meaning; {@code
 * docs/codes.md} has a section for each.
 *
 * <p>01xx usage, 02xx files and input/output, 03xx sources, 04xx conversion, 05xx model files, 06xx
 * running, 07xx verifying.
 */
public enum Code {
  USAGE(101, Kind.USAGE),
  NO_SUCH_TAG_SET(102, Kind.USAGE),
  NO_SUCH_SIGNATURE(103, Kind.USAGE),
  UNKNOWN_SOURCE_KIND(104, Kind.USAGE),
  BAD_VALUE(105, Kind.USAGE),
  NO_SUCH_FUNCTION(106, Kind.USAGE),
  NO_SUCH_VARIABLE(107, Kind.USAGE),

  FILE_MISSING(201, Kind.IO),
  FILE_UNREADABLE(202, Kind.IO),
  FILE_UNWRITABLE(203, Kind.IO),
  EXTENSION_UNUSABLE(204, Kind.IO),

  MALFORMED_PROTO(301, Kind.MALFORMED),
  MALFORMED_CHECKPOINT(302, Kind.MALFORMED),
  CHECKSUM_MISMATCH(303, Kind.MALFORMED),
  VARIABLE_WITHOUT_VALUE(304, Kind.MALFORMED),
  MALFORMED_GRAPH(305, Kind.MALFORMED),
  ASSET_OUTSIDE_MODEL(306, Kind.MALFORMED),
  UNSUPPORTED_SOURCE(307, Kind.NOT_CONVERTIBLE),
  NOTHING_TO_CONVERT(308, Kind.NOT_CONVERTIBLE),
  MALFORMED_STABLEHLO(309, Kind.MALFORMED),

  UNKNOWN_OP(401, Kind.NOT_CONVERTIBLE),
  FLEX_FORBIDDEN(402, Kind.NOT_CONVERTIBLE),
  FLEX_NOT_LISTED(403, Kind.NOT_CONVERTIBLE),
  OP_NOT_CONVERTIBLE(404, Kind.NOT_CONVERTIBLE),
  TYPE_NOT_IN_TFLITE(405, Kind.NOT_CONVERTIBLE),
  MODEL_TOO_LARGE(406, Kind.NOT_CONVERTIBLE),
  INVALID_GRAPH(407, Kind.MALFORMED),
  FLEX_OP_KEPT(408, Kind.USAGE),
  EFFECT_DROPPED(409, Kind.USAGE),
  STATE_CHANGES_SIZE(410, Kind.USAGE),
  OTHER_RANDOM_NUMBERS(411, Kind.USAGE),

  MALFORMED_MODEL(501, Kind.MALFORMED),
  UNSUPPORTED_MODEL(502, Kind.NOT_CONVERTIBLE),

  NO_SUCH_INPUT(601, Kind.USAGE),
  WRONG_INPUT_TYPE(602, Kind.USAGE),
  WRONG_INPUT_SHAPE(603, Kind.USAGE),
  OP_FAILED(604, Kind.MALFORMED),
  NO_KERNEL(605, Kind.NOT_CONVERTIBLE),
  CLOSED(606, Kind.USAGE),
  NO_SUCH_OUTPUT(607, Kind.USAGE),
  TENSOR_TOO_LARGE(608, Kind.MALFORMED),
  TOO_MANY_STEPS(609, Kind.MALFORMED),
  CANCELLED(610, Kind.USAGE),

  OUTPUT_DIFFERS(701, Kind.MISMATCH),
  SIGNATURES_DIFFER(702, Kind.MISMATCH),
  MALFORMED_CASE(703, Kind.MALFORMED),
  NOT_VERIFIED(704, Kind.MISMATCH),

  BUG(900, Kind.BUG);

  /** What sort of failure a code is, which decides the exit status of the command line. */
  public enum Kind {
    MISMATCH(1),
    USAGE(2),
    NOT_CONVERTIBLE(3),
    MALFORMED(4),
    IO(5),
    BUG(70);

    private final int exitStatus;

    Kind(int exitStatus) {
      this.exitStatus = exitStatus;
    }

    /** The exit status of a process that ends with a failure of this kind. */
    public int exitStatus() {
      return exitStatus;
    }
  }

  private final int number;
  private final Kind kind;

  Code(int number, Kind kind) {
    this.number = number;
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** The code as printed: {@code SIG-0123}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "SIG-%04d", number);
  }
}
