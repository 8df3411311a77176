namespace ServerlessBlog.Hosting.Storage;

/// <summary>
/// A row has a schema newer than this version of the program reads, because a newer version wrote it. Nothing of it was
/// read.
/// </summary>
public sealed class NewerRowException(string partition, string key, int schema, int known)
    : Exception(
        $"The row {partition}/{key} has schema {schema}, and this version of the program reads up to {known}: "
            + "deploy the newer version again."
    );
