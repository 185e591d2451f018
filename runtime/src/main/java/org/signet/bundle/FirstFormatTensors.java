package org.signet.bundle;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.signet.bundle.SliceSpec.Place;
import org.signet.type.Shape;
import org.tensorflow.proto.SavedSliceMeta;

/**
 * The tensors of a checkpoint in the format before bundles, whose values are parsed when they are
 * asked for: see {@link SliceFile}.
 *
 * @param tensors what the file says of each, by name
 */
record FirstFormatTensors(Region region, SortedTable table, Map<String, SavedSliceMeta> tensors)
    implements CheckpointTensors {

  /** The tensors of the file in {@code region}, which has to be a table. */
  static FirstFormatTensors read(Region region) {
    SortedTable table = SortedTable.read(region);
    Map<String, SavedSliceMeta> tensors = new TreeMap<>();
    for (SavedSliceMeta tensor : SliceFile.contents(table, region)) {
      if (tensors.put(tensor.getName(), tensor) != null) {
        throw region.malformed(0, "it has two tensors " + Region.quote(tensor.getName()));
      }
    }
    return new FirstFormatTensors(region, table, Collections.unmodifiableMap(tensors));
  }

  private SavedSliceMeta meta(String key) {
    return Optional.ofNullable(tensors.get(key))
        .orElseThrow(() -> new IllegalArgumentException("no tensor " + key));
  }

  @Override
  public Set<String> names() {
    return tensors.keySet();
  }

  @Override
  public BundleTensor apply(String key) {
    return BundleTensor.of(SliceFile.read(table, meta(key), region));
  }

  @Override
  public BundleEntry describe(String key) {
    SavedSliceMeta meta = meta(key);
    List<Place> places = SliceFile.places(meta, region);
    boolean sliced = !isWhole(places);
    return new BundleEntry(
        key,
        SliceFile.dtype(meta, region),
        Shape.of(SliceFile.shape(meta, region)),
        sliced
            ? places.stream().map(p -> new Box(p.starts(), p.sizes()).toString()).toList()
            : List.of(),
        sliced ? -1 : 0,
        sliced ? 0 : SliceFile.bytes(table, meta, places.getFirst(), region));
  }

  @Override
  public Optional<BundleTensor> unchecked(String key) {
    return Optional.empty(); // rows are checked as they are read
  }

  @Override
  public Optional<BundleTensor> slice(String key, SliceSpec slice) {
    return Optional.empty(); // the whole is put together for it
  }

  @Override
  public List<SliceSpec> slices(String key) {
    List<Place> places = SliceFile.places(meta(key), region);
    return isWhole(places)
        ? List.of(SliceSpec.WHOLE)
        : places.stream()
            .map(place -> SliceSpec.of(place.dims(), place.starts(), place.lengths()))
            .toList();
  }

  private static boolean isWhole(List<Place> places) {
    return places.size() == 1 && places.getFirst().isWhole();
  }

  @Override
  public int fileCount() {
    return 1;
  }

  @Override
  public long fileBytes() {
    return region.size();
  }
}
