using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ServerlessBlog.Hosting.Telemetry;

/// <summary>Registers the services of this folder, and the exporters that the settings ask for.</summary>
internal static class TelemetryServices
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string OtlpTimeout = "OTEL_EXPORTER_OTLP_TIMEOUT";
    private const string AzureConnection = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string AzureAuthentication = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    /// <summary>
    /// Adds the services as singletons. With neither setting of an exporter, no provider is registered and nothing is
    /// measured.
    /// </summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<TelemetryFlush>().AddSingleton<RequestTelemetry>().AddSingleton<InvocationTelemetry>();
        var settings = new SettingReader(configuration);
        if (settings.Text(OtlpEndpoint) is not null)
        {
            services.AddOtlp(settings);
        }

        if (settings.Text(AzureConnection) is not null)
        {
            services.AddAzureMonitor(settings);
        }

        return services;
    }

    /// <summary>Registers the providers of spans and metrics. Calls add exporters to the same providers.</summary>
    public static void AddProviders(
        this IServiceCollection services,
        Action<TracerProviderBuilder> exportSpans,
        Action<MeterProviderBuilder> exportMetrics
    ) =>
        services
            .AddOpenTelemetry()
            // The detector again, so that OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES override the name.
            .ConfigureResource(resource => resource.AddService(BlogTelemetry.Name).AddEnvironmentVariableDetector())
            .WithTracing(spans =>
            {
                spans.AddSource(BlogTelemetry.Name);
                exportSpans(spans);
            })
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(BlogTelemetry.Name);
                exportMetrics(metrics);
            });

    private static void AddOtlp(this IServiceCollection services, SettingReader settings)
    {
        services.AddProviders(
            spans => spans.AddOtlpExporter(Configure),
            metrics => metrics.AddOtlpExporter((exporter, _) => Configure(exporter))
        );

        void Configure(OtlpExporterOptions options)
        {
            if (settings.Text(OtlpTimeout) is null)
            {
                options.TimeoutMilliseconds = (int)TelemetryFlush.TimeLimit.TotalMilliseconds;
            }
        }
    }

    private static void AddAzureMonitor(this IServiceCollection services, SettingReader settings)
    {
        var credential = CredentialFrom(settings.Text(AzureAuthentication));
        services.AddProviders(
            spans => spans.AddAzureMonitorTraceExporter(Configure),
            metrics => metrics.AddAzureMonitorMetricExporter(Configure)
        );

        void Configure(AzureMonitorExporterOptions options)
        {
            options.ConnectionString = settings.Text(AzureConnection);
            options.Credential = credential;
            // The disk of an instance is gone with the instance.
            options.DisableOfflineStorage = true;
            options.Retry.NetworkTimeout = TelemetryFlush.TimeLimit;
            options.Retry.MaxRetries = 1;
        }
    }

    /// <summary>
    /// Reads the identity as the Functions host does: <c>Authorization=AAD</c>, with <c>ClientId=</c> for a
    /// user-assigned one (https://learn.microsoft.com/azure/azure-functions/functions-app-settings). Null without it.
    /// </summary>
    internal static ManagedIdentityCredential? CredentialFrom(string? text)
    {
        var parts = (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (!parts.Contains("Authorization=AAD", StringComparer.OrdinalIgnoreCase))
        {
            return null;
        }

        const string ClientId = "ClientId=";
        var clientId = parts.FirstOrDefault(part => part.StartsWith(ClientId, StringComparison.OrdinalIgnoreCase));
        return new ManagedIdentityCredential(
            clientId is null
                ? ManagedIdentityId.SystemAssigned
                : ManagedIdentityId.FromUserAssignedClientId(clientId[ClientId.Length..])
        );
    }
}
