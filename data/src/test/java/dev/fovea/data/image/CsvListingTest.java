package dev.fovea.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvListingTest {
  @TempDir
  private Path folder;

  private Path csv;

  @BeforeEach
  void writePictures() throws IOException {
    csv = folder.resolve("labels.csv");
    for (String name : new String[] {"a.png", "b.png", "in/c.png", "with, comma.png", "with \"quotes\".png", "ä.png"}) {
      Pictures.write(folder.resolve(name), Pictures.plain(1, 1, 0), "png");
    }
  }

  private ImageFolder table(String text) throws IOException {
    Files.writeString(csv, text);
    return ImageFolder.ofTable(csv, ImageLoader.of(2, 2));
  }

  @Test
  void listsFilesAndLabels() throws IOException {
    assertTable(table("file,label\na.png,dog\nin/c.png,cat\nb.png,dog\n").open(),
        "a.png dog", "in/c.png cat", "b.png dog");
    assertThat(table("file,label\na.png,dog\nin/c.png,cat\n").open().classNames()).containsExactly("cat", "dog");
    assertTable(table("\ufefffile,label\r\na.png,cat\r\n\r\nb.png,dog").open(), "a.png cat", "b.png dog");
    assertTable(table("label,size,file\ncat,3,a.png\n").open(), "a.png cat");
    assertTable(table("id,breed\na.png,cat\n").withColumns("id", "breed").open(), "a.png cat");
    assertTable(table("file,label\n" + folder.resolve("a.png") + ",cat\n").open(), "a.png cat");
  }

  @Test
  void quotes() throws IOException {
    assertTable(table("\"file\",\"label\"\n\"with, comma.png\",\"big, black\"\n\"with \"\"quotes\"\".png\",\" a\nb \"\n"
        + "\"ä.png\",\"\"\"\"\n").open(),
        "with, comma.png big, black", "with \"quotes\".png  a\nb ", "ä.png \"");
  }

  private void assertTable(ImageDataset data, String... expected) {
    assertThat(IntStream.range(0, data.size()).mapToObj(i ->
        folder.relativize(data.file(i)).toString().replace('\\', '/') + " " + data.classNames().get(data.label(i))))
        .containsExactly(expected);
  }

  @Test
  void aFileThatIsListedTwiceIsTakenOnce() throws IOException {
    ImageFolder twice = table("file,label\na.png,cat\nb.png,dog\nin/../a.png,cat\n");
    ImageDataset data = twice.open();
    assertThat(data.size()).isEqualTo(2);
    SkippedImage second = new SkippedImage(folder.resolve("in/../a.png"), "listed twice, in the lines 2 and 4");
    assertThat(data.skipped()).containsExactly(second);
    assertThatThrownBy(() -> twice.strict().open()).isInstanceOf(ImageException.class).hasMessage(second.toString());
    refused("file,label\na.png,cat\nb.png,dog\na.png,Cat\n",
        "line 4: the file a.png has the label 'Cat', and in line 2 'cat'");
  }

  @Test
  void missingFilesAreLeftOut() throws IOException {
    ImageFolder missing = table("file,label\nnothing.png,cat\nb.png,dog\n");
    ImageDataset data = missing.open();
    assertThat(data.size()).isEqualTo(1);
    assertThat(data.classNames()).containsExactly("dog");
    assertThat(data.skipped())
        .containsExactly(new SkippedImage(folder.resolve("nothing.png"), "there is no such file"));
    assertThatThrownBy(() -> missing.strict().open()).isInstanceOf(ImageException.class)
        .hasMessage(folder.resolve("nothing.png") + ": there is no such file");
  }

  @Test
  void refusesWhatIsNoTable() throws IOException {
    refused("", "expected a header with the columns 'file' and 'label', got an empty file");
    refused("a.png,cat\n", "expected a header with the columns 'file' and 'label', got 'a.png,cat'");
    refused("file,label\n", "expected at least one line behind the header, found none");
    refused("file,label\na.png\n", "line 2: expected 2 fields as in the header, got 1");
    refused("file,label\na.png,cat,3\n", "line 2: expected 2 fields as in the header, got 3");
    refused("file,label\na.png,\n", "line 2: the label is empty");
    refused("file,label\n,cat\n", "line 2: the name of the file is empty");
    refused("file,label\n\"a\nb.png\",cat\n\0.png,cat\n", "line 4: Nul character not allowed");
    refused("file,label\na.png, cat\n", "line 2: the field ' cat' begins or ends with a space; "
        + "remove the space, or put the field in quotes if it belongs there");
    refused("file,label\na\"b\".png,cat\n", "line 2: a quote in the middle of a field; "
        + "put the whole field in quotes and double those in it");
    refused("file,label\n\"a.png\" ,cat\n", "line 2: expected a comma or the end of the line after a closing quote, "
        + "got ' '");
    refused("file,label\n\"a.png,cat\nb.png,cat\n", "line 2: the quote that begins a field is never closed");
    refused("file,label\rb.png,cat\r", "line 1: expected the end of the line after a carriage return");
    Files.write(csv, new byte[] {'f', 'i', (byte) 0xe4, 'l', 'e'});
    assertThatThrownBy(() -> ImageFolder.ofTable(csv, ImageLoader.of(2, 2)).open()).isInstanceOf(ImageException.class)
        .hasMessage(csv + ": expected a text in UTF-8, got other bytes");
    Files.delete(csv);
    assertThatThrownBy(() -> ImageFolder.ofTable(csv, ImageLoader.of(2, 2)).open()).isInstanceOf(ImageException.class)
        .hasMessage(csv + ": there is no such file");
  }

  private void refused(String text, String problem) throws IOException {
    ImageFolder table = table(text);
    assertThatThrownBy(table::open).isInstanceOf(ImageException.class).hasMessage(csv + ": " + problem);
  }
}
