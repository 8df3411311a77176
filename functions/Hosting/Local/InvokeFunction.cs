namespace ServerlessBlog.Hosting.Local;

/// <summary>
/// Invokes a queue or timer function with a payload of the host: in this process or, in tests, in the published
/// handler.
/// </summary>
/// <param name="name">The name of the function.</param>
/// <param name="payload">The payload; see <see cref="InvocationPayload"/>.</param>
/// <param name="cancellationToken">Cancelled when the time limit of the function is over.</param>
internal delegate Task InvokeFunction(string name, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);
