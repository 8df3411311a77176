namespace ServerlessBlog.Hosting;

/// <summary>
/// All functions of the blog, read from the attributes of their classes. The custom handler, the local host,
/// function.json and the tests are built from this table.
/// </summary>
public sealed class FunctionTable
{
    private readonly List<FunctionDeclaration> _all = [];
    private readonly List<Action<IServiceCollection>> _registrations = [];

    /// <summary>All functions, in the order in which they were added.</summary>
    public IReadOnlyList<FunctionDeclaration> All => _all;

    /// <summary>Adds the function that <typeparamref name="T"/> declares.</summary>
    /// <exception cref="ArgumentException">
    /// The class does not declare exactly one function with one trigger.
    /// </exception>
    public FunctionTable Add<
        [DynamicallyAccessedMembers(
            DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.PublicConstructors
        )]
            T
    >()
        where T : class
    {
        var methods = typeof(T)
            .GetMethods()
            .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)
            .ToList();
        if (
            methods is not [var method]
            || method.GetParameters() is not [var first, ..]
            || first.GetCustomAttributes().FirstOrDefault(IsTrigger) is not { } trigger
        )
        {
            throw new ArgumentException(
                $"{typeof(T).Name} must have one method with [Function], whose first parameter has a trigger."
            );
        }

        _all.Add(
            new FunctionDeclaration(
                method.GetCustomAttribute<FunctionAttribute>()!.Name,
                trigger,
                first.Name!,
                typeof(T),
                method
            )
        );
        _registrations.Add(static services => services.AddSingleton<T>());
        return this;
    }

    /// <summary>Returns the functions whose trigger is of type <typeparamref name="TTrigger"/>.</summary>
    public IEnumerable<(FunctionDeclaration Function, TTrigger Trigger)> With<TTrigger>()
        where TTrigger : Attribute =>
        _all.Where(function => function.Trigger is TTrigger).Select(function => (function, (TTrigger)function.Trigger));

    /// <summary>
    /// Whether a request to the custom handler is the Functions host's call of a queue or timer function.
    /// </summary>
    public bool IsInvocation(HttpRequest request) =>
        HttpMethods.IsPost(request.Method)
        && request.Path.Value is ['/', .. var name]
        && _all.Exists(function => function.Name == name && function.Trigger is not HttpTriggerAttribute);

    /// <summary>Registers the table and the classes of its functions as singletons.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(this);
        _registrations.ForEach(register => register(services));
    }

    private static bool IsTrigger(Attribute attribute) =>
        attribute is HttpTriggerAttribute or QueueTriggerAttribute or TimerTriggerAttribute;
}
