namespace ServerlessBlog.Hosting.Storage;

/// <summary>A row was written by a newer version of the program, in a shape that this one does not know: nothing of it was read.</summary>
#pragma warning disable CA1032 // Only ever made with its row.
public sealed class NewerRowException(string partition, string key, int schema, int known)
    : Exception(
        $"The row {partition}/{key} has schema {schema}, and this version of the program reads up to {known}: deploy the newer version again."
    );
#pragma warning restore CA1032
