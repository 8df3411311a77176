namespace ServerlessBlog.Hosting.Local;

/// <summary>Calls a queue or timer function with the host's envelope: in this process, or, in tests, in the published handler.</summary>
/// <param name="name">The function's name.</param>
/// <param name="envelope">See <see cref="InvocationPayload"/>.</param>
/// <param name="cancellationToken">The function's time is over.</param>
internal delegate Task InvokeFunction(string name, ReadOnlyMemory<byte> envelope, CancellationToken cancellationToken);
