import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;

/** The images' health check: asks the server in this container for a path, and ends with 0 if that is answered with 200. */
final class Health {
    private Health() {}

    /** Takes the port, unless {@code LUDO_PORT} names another, and the path. */
    public static void main(String[] arguments) throws IOException {
        String set = System.getenv().getOrDefault("LUDO_PORT", "");
        String port = set.isEmpty() ? arguments[0] : set;
        HttpURLConnection call = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + arguments[1])
                .toURL()
                .openConnection(Proxy.NO_PROXY);
        call.setConnectTimeout(2000);
        call.setReadTimeout(2000);
        int status = call.getResponseCode();
        System.out.println(status);
        System.exit(status == 200 ? 0 : 1);
    }
}
