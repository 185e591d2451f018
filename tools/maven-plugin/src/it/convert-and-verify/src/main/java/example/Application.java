package example;

import java.io.IOException;
import java.io.InputStream;

/** Finds its models where the build has put them. */
public final class Application {
  private Application() {}

  public static void main(String[] args) throws IOException {
    for (String name : new String[] {"/coder.tflite", "/example/layer.tflite"}) {
      try (InputStream model = Application.class.getResourceAsStream(name)) {
        System.out.println(name + " " + model.readAllBytes().length);
      }
    }
  }
}
