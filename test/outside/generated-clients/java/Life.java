import com.fasterxml.jackson.databind.ObjectMapper;
import gloss.ApiClient;
import gloss.ApiException;
import gloss.api.ImagesApi;
import gloss.api.SearchApi;
import gloss.api.UploadsApi;
import gloss.model.AcceptedUpload;
import gloss.model.Hit;
import gloss.model.Image;
import gloss.model.Problem;
import gloss.model.StatusRequest;
import gloss.model.UploadFile;
import gloss.model.UploadsRequest;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A picture's life with the client that openapi-generator makes of /openapi.json. Prints what came of it as JSON. */
public class Life {
  private static final String BOUNDARY = "life-of-a-picture";

  public static void main(String[] args) throws Exception {
    ApiClient client = new ApiClient();
    client.updateBaseUri(System.getenv("GLOSS_URL"));
    client.setRequestInterceptor(request -> request.header("authorization", "Bearer " + System.getenv("GLOSS_KEY")));
    SearchApi search = new SearchApi(client);
    ImagesApi images = new ImagesApi(client);
    byte[] content = Files.readAllBytes(Path.of(args[0]));

    UploadFile file = new UploadFile().name("life.jpg").bytes((long) content.length).contentType("image/jpeg");
    AcceptedUpload upload = new UploadsApi(client)
        .createUploads(new UploadsRequest().addFilesItem(file), null)
        .getUploads().get(0).getAcceptedUpload();
    post(upload, content);

    StatusRequest asked = new StatusRequest().addIdsItem(upload.getId());
    String status = "";
    while (!status.equals("searchable") && !status.equals("failed")) {
      Thread.sleep(300);
      Object state = images.askStatus(asked, null).getImages().get(0).getActualInstance();
      if (state instanceof Image image) status = image.getStatus().getValue();
    }

    List<String> found = names(search);
    boolean isCat = images.showImage(upload.getId()).getGloss().getViews().stream()
        .anyMatch(view -> view.getTags().contains("cat"));
    List<String> listed = images.listImages(null, null, null).getImages().stream().map(Image::getName).toList();
    int deleted = images.deleteImageWithHttpInfo(upload.getId(), null).getStatusCode();

    Map<String, Object> life = new LinkedHashMap<>();
    life.put("status", status);
    life.put("found", found);
    life.put("isCat", isCat);
    life.put("listed", listed);
    life.put("deleted", deleted);
    life.put("gone", names(search));
    ObjectMapper json = client.getObjectMapper();
    try {
      search.search("red c?r", null, null, null, null, null, null, null);
    } catch (ApiException refused) {
      Problem problem = json.readValue(refused.getResponseBody(), Problem.class);
      life.put("code", problem.getCode());
      life.put("field", problem.getField());
    }
    System.out.println(json.writeValueAsString(life));
  }

  private static List<String> names(SearchApi search) throws ApiException {
    return search.search("cat", null, null, null, null, null, null, null).getHits().stream().map(Hit::getName).toList();
  }

  private static void post(AcceptedUpload upload, byte[] content) throws Exception {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    for (Map.Entry<String, String> field : upload.getFields().entrySet())
      form.write(part("\"" + field.getKey() + "\"", field.getValue() + "\r\n"));
    form.write(part("\"file\"; filename=\"file\"", ""));
    form.write(content);
    form.write(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    HttpRequest request = HttpRequest.newBuilder(URI.create(upload.getUrl().toString()))
        .header("content-type", "multipart/form-data; boundary=" + BOUNDARY)
        .POST(HttpRequest.BodyPublishers.ofByteArray(form.toByteArray()))
        .build();
    int status = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status >= 300) throw new IllegalStateException("the store answered " + status);
  }

  private static byte[] part(String name, String value) {
    String head = "--" + BOUNDARY + "\r\ncontent-disposition: form-data; name=" + name + "\r\n\r\n";
    return (head + value).getBytes(StandardCharsets.UTF_8);
  }
}
