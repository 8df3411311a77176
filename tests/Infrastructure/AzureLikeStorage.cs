using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>
/// A storage account as in Azure, reached over TLS and with tokens: an Azurite of its own, with every container, table
/// and queue of the blog.
/// </summary>
public sealed partial class AzureLikeStorage : IAsyncDisposable
{
    private const string Account = "blog";

    private static readonly string Launcher = Path.Combine(RepositoryRoot.Find(), "infra", "local");

    private readonly DirectoryInfo _folder;
    private readonly ProgramRun _azurite;
    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private AzureLikeStorage()
    {
        _folder = Directory.CreateTempSubdirectory("blog-tls-");
        var (certificate, key) = (
            Path.Combine(_folder.FullName, "certificate.pem"),
            Path.Combine(_folder.FullName, "key.pem")
        );
        WriteCertificate(certificate, key);
        CertificateFile = certificate;
        _azurite = ProgramRun.Start(
            "node",
            [
                Path.Combine(Launcher, "node_modules", "azurite", "dist", "src", "azurite.js"),
                "--inMemoryPersistence",
                "--disableTelemetry",
                "--skipApiVersionCheck",
                "--blobPort",
                "0",
                "--queuePort",
                "0",
                "--tablePort",
                "0",
                "--oauth",
                "basic",
                "--cert",
                certificate,
                "--key",
                key,
            ],
            [new("AZURITE_ACCOUNTS", $"{Account}:{_key}")]
        );
    }

    /// <summary>The path of the PEM file with the self-signed certificate that clients have to trust.</summary>
    public string CertificateFile { get; }

    /// <summary>The settings with the service URIs of this storage, named as environment variables.</summary>
    public IReadOnlyList<(string Name, string Value)> Settings { get; private set; } = [];

    /// <summary>
    /// Starts Azurite and creates the containers, tables and queues that the templates in infra create.
    /// </summary>
    public static async Task<AzureLikeStorage> StartAsync()
    {
        await NodePackages.EnsureInstalledAsync(Launcher, say: null, CancellationToken.None);
        var storage = new AzureLikeStorage();
        storage.Settings =
        [
            .. (await storage.WaitForAddressesAsync()).Select(service =>
                ($"{StorageNames.Connection}__{service.Key}ServiceUri", $"{service.Value}/{Account}")
            ),
        ];
        await Task.WhenAll([
            .. StorageNames.Containers.Select(name => storage.Container(name).CreateAsync() as Task),
            .. StorageNames.Tables.Select(name =>
                new TableClient(
                    storage.Connection,
                    name,
                    storage.TrustCertificate(new TableClientOptions())
                ).CreateAsync()
            ),
            .. StorageNames
                .Queues.Concat(StorageNames.Queues.Select(StorageNames.PoisonQueueOf))
                .Select(name =>
                    new QueueClient(
                        storage.Connection,
                        name,
                        storage.TrustCertificate(new QueueClientOptions())
                    ).CreateAsync()
                ),
        ]);
        return storage;
    }

    /// <summary>Gets a client of a container that authenticates with the account key.</summary>
    public BlobContainerClient Container(string name) =>
        new(Connection, name, TrustCertificate(new BlobClientOptions()));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _azurite.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private string Connection =>
        $"DefaultEndpointsProtocol=https;AccountName={Account};AccountKey={_key};"
        + string.Concat(
            Settings.Select(service => $"{Service().Match(service.Name).Groups["name"].Value}Endpoint={service.Value};")
        );

    private T TrustCertificate<T>(T options)
        where T : Azure.Core.ClientOptions
    {
        options.Transport = new HttpClientTransport(
            new HttpClient(
                new SocketsHttpHandler
                {
                    SslOptions = new SslClientAuthenticationOptions
                    {
                        RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                            certificate!.GetCertHashString()
                            == X509Certificate2
                                .CreateFromPemFile(CertificateFile, Path.Combine(_folder.FullName, "key.pem"))
                                .GetCertHashString(),
                    },
                }
            )
        );
        return options;
    }

    private async Task<Dictionary<string, string>> WaitForAddressesAsync()
    {
        var found = await TestBlog.WaitUntilAsync(
            () => Task.FromResult(Listens().Matches(_azurite.Output)),
            services => services.Count == 3,
            "Azurite over TLS"
        );
        return found.ToDictionary(
            service => service.Groups["name"].Value.ToLowerInvariant(),
            service => service.Groups["address"].Value
        );
    }

    private static void WriteCertificate(string certificateFile, string keyFile)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(
                certificateAuthority: true,
                hasPathLengthConstraint: false,
                pathLengthConstraint: 0,
                critical: true
            )
        );
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1)
        );
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
    }

    [GeneratedRegex(
        "Azurite (?<name>Blob|Queue|Table) service is successfully listening at (?<address>https://[0-9.:]+)"
    )]
    private static partial Regex Listens();

    [GeneratedRegex("__(?<name>[a-z]+)ServiceUri")]
    private static partial Regex Service();
}
