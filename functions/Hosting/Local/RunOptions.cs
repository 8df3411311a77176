namespace ServerlessBlog.Hosting.Local;

/// <summary>What the command line says about a start of the blog.</summary>
internal sealed record RunOptions
{
    /// <summary>0 to 65535; 0 lets the kernel choose.</summary>
    public required int Port { get; init; }

    /// <summary>The data folder's full path.</summary>
    public required string DataPath { get; init; }

    /// <summary>Whether <c>--data</c> named the folder, so that printed commands must name it too.</summary>
    public required bool IsDataNamed { get; init; }

    /// <summary>Print nothing but problems.</summary>
    public required bool IsQuiet { get; init; }

    /// <summary>Whether the first start on the folder publishes the sample posts.</summary>
    public required bool HasSamples { get; init; }
}
