import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Version;

/**
 * One Lucene index, spoken to in lines. Says its version; takes a number of documents and that many lines of terms;
 * says "built"; then answers each line "k term term ..." with "nanoseconds doc:score doc:score ...", the
 * nanoseconds being CPU time of the one thread that searches. It ends when its input does, so it never outlives who
 * started it.
 *
 * Usage: java -cp JARS LuceneEngine.java FOLDER (Lucene 8 or 9)
 */
public class LuceneEngine {
  private static final String FIELD = "terms";
  private static final float K1 = 1.2f;
  private static final float B = 0.75f;

  public static void main(String[] args) throws IOException {
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(Version.LATEST);
    try (Directory directory = FSDirectory.open(Path.of(args[0]))) {
      build(directory, in);
      out.println("built");
      answer(directory, in, out);
    }
  }

  /** Everything in one segment at the end, as an index that is built once would be. */
  private static void build(Directory directory, BufferedReader in) throws IOException {
    var config = new IndexWriterConfig(new WhitespaceAnalyzer()).setSimilarity(similarity()).setRAMBufferSizeMB(256);
    try (var writer = new IndexWriter(directory, config)) {
      int size = Integer.parseInt(in.readLine());
      for (int doc = 0; doc < size; doc++) {
        var document = new Document();
        document.add(new TextField(FIELD, in.readLine(), Field.Store.NO));
        document.add(new NumericDocValuesField("doc", doc));
        writer.addDocument(document);
      }
      writer.forceMerge(1);
    }
  }

  private static void answer(Directory directory, BufferedReader in, PrintStream out) throws IOException {
    var cpu = ManagementFactory.getThreadMXBean();
    try (var reader = DirectoryReader.open(directory)) {
      long[] docs = readDocs(reader);
      var searcher = new IndexSearcher(reader);
      searcher.setSimilarity(similarity());
      searcher.setQueryCache(null); // a repeated query is to be answered anew
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ");
        int k = Integer.parseInt(words[0]);
        long start = cpu.getCurrentThreadCpuTime();
        var query = new BooleanQuery.Builder();
        for (int i = 1; i < words.length; i++) query.add(new TermQuery(new Term(FIELD, words[i])), Occur.SHOULD);
        ScoreDoc[] best = searcher.search(query.build(), k).scoreDocs;
        var answer = new StringBuilder().append(cpu.getCurrentThreadCpuTime() - start);
        // Lucene leaves out the factor k1 + 1, which changes no order.
        for (ScoreDoc hit : best) answer.append(' ').append(docs[hit.doc]).append(':').append(hit.score * (K1 + 1));
        out.println(answer);
      }
    }
  }

  /** The corpus number of every document of the index: merging may have changed their order. */
  private static long[] readDocs(DirectoryReader reader) throws IOException {
    long[] docs = new long[reader.maxDoc()];
    for (LeafReaderContext leaf : reader.leaves()) {
      NumericDocValues values = leaf.reader().getNumericDocValues("doc");
      for (int doc = values.nextDoc(); doc != NumericDocValues.NO_MORE_DOCS; doc = values.nextDoc()) {
        docs[leaf.docBase + doc] = values.longValue();
      }
    }
    return docs;
  }

  private static BM25Similarity similarity() {
    return new BM25Similarity(K1, B);
  }
}
