package org.signet.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class NumberGroupsTest {
  @Property(tries = 200)
  void areInTheOrderOfFirstOccurrence(
      @ForAll List<@LongRange(min = -20, max = 20) Long> near, @ForAll List<Long> far) {
    List<Long> numbers = new ArrayList<>(near);
    numbers.addAll(far);
    numbers.addAll(near);
    NumberGroups groups = new NumberGroups(numbers.size());
    List<Long> different = new ArrayList<>();
    for (long number : numbers) {
      if (!different.contains(number)) {
        different.add(number);
      }
      assertThat(groups.of(number)).isEqualTo(different.indexOf(number));
    }
  }

  @Property(tries = 20)
  void someAreAlone(@ForAll long number) {
    NumberGroups groups = new NumberGroups(4);
    assertThat(List.of(groups.of(number), groups.alone(), groups.alone(), groups.of(number)))
        .containsExactly(0, 1, 2, 0);
  }
}
