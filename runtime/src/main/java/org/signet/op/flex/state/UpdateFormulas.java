package org.signet.op.flex.state;

import java.util.Map;

/**
 * The steps of TensorFlow's optimizers, by the name that the ops have behind {@code Apply}. Order
 * of operations is that of TensorFlow's CPU kernels, for equal rounding.
 */
final class UpdateFormulas {
  private UpdateFormulas() {}

  /** The formula of an optimizer's step: reads operands, sets variables. */
  @FunctionalInterface
  interface Formula {
    <V> void apply(Update<V> u);
  }

  static final Map<String, Formula> BY_NAME =
      Map.ofEntries(
          Map.entry("Adadelta", UpdateFormulas::adadelta),
          Map.entry("Adagrad", UpdateFormulas::adagrad),
          Map.entry("AdagradDA", UpdateFormulas::adagradDualAveraging),
          Map.entry("AdagradV2", UpdateFormulas::adagradV2),
          Map.entry("Adam", UpdateFormulas::adam),
          Map.entry("AdaMax", UpdateFormulas::adaMax),
          Map.entry("AdamWithAmsgrad", UpdateFormulas::amsgrad),
          Map.entry("AddSign", UpdateFormulas::addSign),
          Map.entry("CenteredRMSProp", UpdateFormulas::centeredRmsProp),
          Map.entry("Ftrl", UpdateFormulas::ftrl),
          Map.entry("FtrlV2", UpdateFormulas::ftrl),
          Map.entry("GradientDescent", UpdateFormulas::gradientDescent),
          Map.entry("KerasMomentum", UpdateFormulas::kerasMomentum),
          Map.entry("Momentum", UpdateFormulas::momentum),
          Map.entry("PowerSign", UpdateFormulas::powerSign),
          Map.entry("ProximalAdagrad", UpdateFormulas::proximalAdagrad),
          Map.entry("ProximalGradientDescent", UpdateFormulas::proximalGradientDescent),
          Map.entry("RMSProp", UpdateFormulas::rmsProp));

  private static <V> void gradientDescent(Update<V> u) {
    u.set("var", u.sub(u.get("var"), u.mul(u.get("delta"), u.get("alpha"))));
  }

  private static <V> void momentum(Update<V> u) {
    V lr = u.get("lr");
    V grad = u.get("grad");
    V momentum = u.get("momentum");
    V accum = u.set("accum", u.add(u.mul(u.get("accum"), momentum), grad));
    V step =
        u.flag("use_nesterov", false)
            ? u.add(u.mul(grad, lr), u.mul(u.mul(accum, momentum), lr))
            : u.mul(accum, lr);
    u.set("var", u.sub(u.get("var"), step));
  }

  private static <V> void kerasMomentum(Update<V> u) {
    V step = u.mul(u.get("grad"), u.get("lr"));
    V momentum = u.get("momentum");
    V accum = u.set("accum", u.sub(u.mul(u.get("accum"), momentum), step));
    V change = u.flag("use_nesterov", false) ? u.sub(u.mul(accum, momentum), step) : accum;
    u.set("var", u.add(u.get("var"), change));
  }

  private static <V> void adadelta(Update<V> u) {
    V rho = u.get("rho");
    V epsilon = u.get("epsilon");
    V grad = u.get("grad");
    V accum = u.set("accum", mixed(u, u.get("accum"), rho, u.square(grad)));
    V before = u.get("accum_update");
    V update = u.mul(u.mul(u.sqrt(u.add(before, epsilon)), u.rsqrt(u.add(accum, epsilon))), grad);
    u.set("var", u.sub(u.get("var"), u.mul(update, u.get("lr"))));
    u.set("accum_update", mixed(u, before, rho, u.square(update)));
  }

  /** {@code old * decay + target * (1 - decay)}. */
  private static <V> V mixed(Update<V> u, V old, V decay, V target) {
    return u.add(u.mul(old, decay), u.mul(target, u.oneMinus(decay)));
  }

  private static <V> void adagrad(Update<V> u) {
    V step = u.mul(u.get("grad"), u.get("lr"));
    u.set("var", u.sub(u.get("var"), u.mul(step, u.rsqrt(sumOfSquares(u)))));
  }

  private static <V> void adagradV2(Update<V> u) {
    V step = u.mul(u.get("grad"), u.get("lr"));
    V scale = u.add(u.sqrt(sumOfSquares(u)), u.get("epsilon"));
    u.set("var", u.sub(u.get("var"), u.div(step, scale)));
  }

  private static <V> V sumOfSquares(Update<V> u) {
    V old = u.get("accum");
    return u.flag("update_slots", true) ? u.set("accum", u.add(old, u.square(u.get("grad")))) : old;
  }

  /** With the sum of gradients in place of the variable (Duchi, Hazan and Singer, 2011). */
  private static <V> void adagradDualAveraging(Update<V> u) {
    V lr = u.get("lr");
    V steps = u.converted(u.get("global_step"));
    V sum = u.set("gradient_accumulator", u.add(u.get("gradient_accumulator"), u.get("grad")));
    V squares =
        u.set(
            "gradient_squared_accumulator",
            u.add(u.get("gradient_squared_accumulator"), u.square(u.get("grad"))));
    V scale = u.add(u.mul(u.get("l2"), u.mul(steps, lr)), u.sqrt(squares));
    V shrunk = shrunk(u, sum, u.mul(steps, u.get("l1")));
    u.set("var", u.div(u.mul(u.mul(lr, u.number(-1)), shrunk), scale));
  }

  /** Moved towards zero by {@code distance}, at most to zero. */
  private static <V> V shrunk(Update<V> u, V value, V distance) {
    V rest = u.max(u.sub(u.abs(value), distance), u.number(0));
    return u.mul(u.sign(value), rest);
  }

  private static <V> void proximalGradientDescent(Update<V> u) {
    V alpha = u.get("alpha");
    V grad = u.has("delta") ? u.get("delta") : u.get("grad");
    V moved = u.sub(u.get("var"), u.mul(grad, alpha));
    V scale = u.add(u.number(1), u.mul(u.get("l2"), alpha));
    u.set("var", u.div(shrunk(u, moved, u.mul(alpha, u.get("l1"))), scale));
  }

  private static <V> void proximalAdagrad(Update<V> u) {
    V grad = u.get("grad");
    V accum = u.set("accum", u.add(u.get("accum"), u.square(grad)));
    V rate = u.mul(u.get("lr"), u.rsqrt(accum));
    V moved = u.sub(u.get("var"), u.mul(grad, rate));
    V scale = u.add(u.number(1), u.mul(u.get("l2"), rate));
    u.set("var", u.div(shrunk(u, moved, u.mul(rate, u.get("l1"))), scale));
  }

  /** Follow the regularized leader (McMahan et al., 2013); V2 has a shrinkage besides. */
  private static <V> void ftrl(Update<V> u) {
    V lr = u.get("lr");
    V power = u.get("lr_power");
    V grad = u.get("grad");
    V var = u.get("var");
    boolean scaled = u.flag("multiply_linear_by_lr", false);
    V pull =
        u.has("l2_shrinkage")
            ? u.add(grad, u.mul(u.mul(u.number(2), u.get("l2_shrinkage")), var))
            : grad;
    V accum = u.add(u.get("accum"), u.square(grad));
    V root = u.powerOfNegative(accum, power);
    V growth = u.sub(root, u.powerOfNegative(u.get("accum"), power));
    V correction = u.mul(scaled ? growth : u.div(growth, lr), var);
    V linear =
        u.set("linear", u.add(u.get("linear"), u.sub(scaled ? u.mul(pull, lr) : pull, correction)));
    V l1 = scaled ? u.mul(u.get("l1"), lr) : u.get("l1");
    V l2 = u.mul(u.number(2), scaled ? u.mul(u.get("l2"), lr) : u.get("l2"));
    V quadratic = u.add(scaled ? root : u.div(root, lr), l2);
    u.set("var", u.div(u.sub(u.number(0), shrunk(u, linear, l1)), quadratic));
    u.set("accum", accum);
  }

  private static <V> void adam(Update<V> u) {
    V beta1 = u.get("beta1");
    V grad = u.get("grad");
    V m = u.set("m", u.towards(u.get("m"), grad, beta1));
    V v = u.set("v", u.towards(u.get("v"), u.square(grad), u.get("beta2")));
    V ahead =
        u.flag("use_nesterov", false) ? u.add(u.mul(grad, u.oneMinus(beta1)), u.mul(beta1, m)) : m;
    stepOfAdam(u, ahead, v);
  }

  private static <V> void amsgrad(Update<V> u) {
    V grad = u.get("grad");
    V m = u.set("m", u.towards(u.get("m"), grad, u.get("beta1")));
    V v = u.set("v", u.towards(u.get("v"), u.square(grad), u.get("beta2")));
    stepOfAdam(u, m, u.set("vhat", u.max(u.get("vhat"), v)));
  }

  private static <V> void stepOfAdam(Update<V> u, V direction, V squares) {
    V unbiased = u.mul(u.get("lr"), u.sqrt(u.oneMinus(u.get("beta2_power"))));
    V alpha = u.div(unbiased, u.oneMinus(u.get("beta1_power")));
    V scale = u.add(u.sqrt(squares), u.get("epsilon"));
    u.set("var", u.sub(u.get("var"), u.div(u.mul(direction, alpha), scale)));
  }

  private static <V> void adaMax(Update<V> u) {
    V grad = u.get("grad");
    V m = u.set("m", u.towards(u.get("m"), grad, u.get("beta1")));
    V v = u.set("v", u.max(u.mul(u.get("beta2"), u.get("v")), u.abs(grad)));
    V rate = u.div(u.get("lr"), u.oneMinus(u.get("beta1_power")));
    V step = u.mul(rate, u.div(m, u.add(v, u.get("epsilon"))));
    u.set("var", u.sub(u.get("var"), step));
  }

  private static <V> void rmsProp(Update<V> u) {
    V ms = u.set("ms", u.towards(u.get("ms"), u.square(u.get("grad")), u.get("rho")));
    stepOfRmsProp(u, u.add(ms, u.get("epsilon")));
  }

  private static <V> void centeredRmsProp(Update<V> u) {
    V grad = u.get("grad");
    V rho = u.get("rho");
    V ms = u.set("ms", u.towards(u.get("ms"), u.square(grad), rho));
    V mg = u.set("mg", u.towards(u.get("mg"), grad, rho));
    stepOfRmsProp(u, u.add(u.sub(ms, u.square(mg)), u.get("epsilon")));
  }

  private static <V> void stepOfRmsProp(Update<V> u, V variance) {
    V step = u.div(u.mul(u.get("grad"), u.get("lr")), u.sqrt(variance));
    V mom = u.set("mom", u.add(u.mul(u.get("mom"), u.get("momentum")), step));
    u.set("var", u.sub(u.get("var"), mom));
  }

  private static <V> void addSign(Update<V> u) {
    V agreement = u.mul(u.get("sign_decay"), agreement(u));
    V scale = u.mul(u.get("lr"), u.add(u.get("alpha"), agreement));
    u.set("var", u.sub(u.get("var"), u.mul(scale, u.get("grad"))));
  }

  private static <V> void powerSign(Update<V> u) {
    V exponent = u.mul(u.mul(u.get("logbase"), u.get("sign_decay")), agreement(u));
    V scale = u.mul(u.get("lr"), u.exp(exponent));
    u.set("var", u.sub(u.get("var"), u.mul(scale, u.get("grad"))));
  }

  /** 1 where the gradient and its moving average have the same sign, −1 where they have not. */
  private static <V> V agreement(Update<V> u) {
    V grad = u.get("grad");
    V m = u.set("m", mixed(u, u.get("m"), u.get("beta"), grad));
    return u.mul(u.sign(grad), u.sign(m));
  }
}
