using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerService.Rules;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// The walk of every command: role → validation → handler → one commit → answer. A handler returns a
/// <see cref="CommandResult"/> and saves nothing itself. The idempotency record is written in the same commit, and is
/// looked up only when something failed: a duplicate cannot succeed, because its key is taken.
/// </summary>
public static class CommandPipeline
{
    public const string KeyHeader = "Idempotency-Key";

    // One writer wins per attempt, so this bounds how many may collide.
    private const int MostTries = 12;

    private const long SmallBody = 64 * 1024;

    /// <summary>Marks the endpoint as a command. Every POST, PUT and PATCH of a service has it.</summary>
    public static RouteHandlerBuilder AsCommand(this RouteHandlerBuilder builder) =>
        builder
            .AddEndpointFilterFactory(
                (endpoint, next) =>
                {
                    var validators = ValidatorsOf(endpoint);
                    return invocation => RunAsync(invocation, next, validators);
                }
            )
            .WithMetadata(new CommandMetadata())
            .ForRolesOfFlow()
            .ProducesProblems(
                StatusCodes.Status400BadRequest,
                StatusCodes.Status401Unauthorized,
                StatusCodes.Status403Forbidden,
                StatusCodes.Status404NotFound,
                StatusCodes.Status409Conflict,
                StatusCodes.Status412PreconditionFailed,
                StatusCodes.Status428PreconditionRequired
            );

    /// <summary>
    /// Says that the body holds something that people choose, for example a password: what is kept of the request is
    /// then as slow to guess from as the password's own hash.
    /// </summary>
    public static RouteHandlerBuilder WithSecretBody(this RouteHandlerBuilder builder) =>
        builder.WithMetadata(new SecretBodyMetadata());

    /// <summary>
    /// Says that the form of a browser holds its Idempotency-Key in this field, because a browser sends no headers of
    /// ours.
    /// </summary>
    public static RouteHandlerBuilder WithKeyInForm(this RouteHandlerBuilder builder, string field) =>
        builder.WithMetadata(new KeyInFormMetadata(field));

    /// <summary>Reads the whole body first, so that it can be hashed and then bound.</summary>
    internal static async Task BufferBodyAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<KeyInFormMetadata>() is { } key)
        {
            await TakeKeyFromFormAsync(context.Request, key.Field);
        }

        if (
            context.GetEndpoint()?.Metadata.GetMetadata<CommandMetadata>() is not null
            && context.Request.Headers.ContainsKey(KeyHeader)
        )
        {
            var request = context.Request;
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var head = Encoding.UTF8.GetBytes(
                $"{request.Method} {request.Path}{request.QueryString}\n{request.Headers.IfMatch}\n"
            );
            hash.AppendData(head);
            if (request is { ContentLength: <= SmallBody, HasFormContentType: false })
            {
                await HashSmallAsync(request, hash);
            }
            else
            {
                await HashLargeAsync(request, head, hash);
            }

            context.Items[typeof(CommandPipeline)] = Convert.ToHexStringLower(hash.GetHashAndReset());
        }

        await next(context);
    }

    private static async Task TakeKeyFromFormAsync(HttpRequest request, string field)
    {
        if (request.Headers.ContainsKey(KeyHeader) || !request.HasFormContentType)
        {
            return;
        }

        request.EnableBuffering();
        try
        {
            var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
            if (form[field].FirstOrDefault() is { Length: > 0 } value)
            {
                request.Headers[KeyHeader] = value;
            }
        }
        catch (Exception broken) when (broken is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            // The endpoint reads the form again and says what is wrong with it.
        }

        request.Body.Position = 0;
    }

    // Nearly every command: one array, and no temporary file behind it.
    private static async Task HashSmallAsync(HttpRequest request, IncrementalHash hash)
    {
        var body = new byte[(int)request.ContentLength!.Value];
        await request.Body.ReadExactlyAsync(body, request.HttpContext.RequestAborted);
        hash.AppendData(body);
        request.Body = new MemoryStream(body, writable: false);
    }

    private static async Task HashLargeAsync(HttpRequest request, byte[] head, IncrementalHash hash)
    {
        request.EnableBuffering();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            hash.AppendData(buffer, 0, read);
        }

        if (await MultipartHash.OfAsync(request) is { } sections)
        {
            hash.GetHashAndReset();
            hash.AppendData(head);
            hash.AppendData(sections);
        }

        request.Body.Position = 0;
    }

    private static async ValueTask<object?> RunAsync(
        EndpointFilterInvocationContext invocation,
        EndpointFilterDelegate next,
        IReadOnlyList<IValidator?> validators
    )
    {
        var context = invocation.HttpContext;
        var cancellation = context.RequestAborted;
        var caller = context.RequestServices.GetRequiredService<Caller>();

        var key = context.Request.Headers[KeyHeader].ToString();
        var hash = context.Items[typeof(CommandPipeline)] as string;
        if (hash is not null)
        {
            if (key.Length is 0 or > 200 || key.Any(char.IsControl))
            {
                return Problems.Result(context, StatusCodes.Status400BadRequest, "idempotency-key-invalid");
            }

            if (context.GetEndpoint()?.Metadata.GetMetadata<SecretBodyMetadata>() is not null)
            {
                hash = Slow(hash, caller.Actor.Id, key);
            }
        }

        if ((QueryPipeline.UnknownParameter(context) ?? QueryPipeline.BadFilter(invocation)) is { } misspelt)
        {
            return Problems.Result(context, misspelt);
        }

        if (await ValidateAsync(invocation, validators) is { } invalid)
        {
            return await ReplayIfDoneAsync(context, caller, key, hash) ?? invalid;
        }

        var store = context.RequestServices.GetRequiredService<ICommandStore>();

        // No If-Match: last write wins. After a conflict, run the handler again on the current state.
        for (var tries = caller.ExpectedVersion is null ? MostTries : 1; ; tries--)
        {
            var returned = await next(invocation);
            if (returned is not CommandResult result)
            {
                return returned;
            }

            if (result.Refusal is { } refusal)
            {
                return await ReplayIfDoneAsync(context, caller, key, hash) ?? Problems.Result(context, refusal);
            }

            if (result.Failure is var (status, code))
            {
                return await ReplayIfDoneAsync(context, caller, key, hash) ?? Problems.Result(context, status, code);
            }

            await store.PrepareAsync(cancellation);
            var outcome = OutcomeOf(context, caller, key, hash, result);
            var commit = await store.CommitAsync(
                hash is null ? null
                    : result.Remembered is { } remembered
                        ? outcome with
                        {
                            Body = JsonSerializer.Serialize(remembered(), Json.Options),
                        }
                    : outcome,
                cancellation
            );
            if (commit == Commit.Done)
            {
                return Answer(context, outcome);
            }

            if (await ReplayIfDoneAsync(context, caller, key, hash) is { } twin)
            {
                return twin;
            }

            if (commit == Commit.AlreadyExists)
            {
                return Problems.Result(context, StatusCodes.Status409Conflict, "already-exists");
            }

            if (commit == Commit.KeyTaken || tries == 1 || !store.Reset())
            {
                return Problems.Result(context, StatusCodes.Status412PreconditionFailed, "stale-version");
            }
        }
    }

    private static IdempotencyRecord OutcomeOf(
        HttpContext context,
        Caller caller,
        string key,
        string? hash,
        CommandResult result
    ) =>
        new(
            caller.Actor.Id,
            key,
            hash ?? "",
            result.Status,
            JsonSerializer.Serialize(result.Body!(), Json.Options),
            result.Version is { } version ? ETags.Of(version()) : null,
            result.Location is { } location
                ? context.RequestServices.GetRequiredService<PublicPaths>().OfLocation(location)
                : null,
            caller.Now
        );

    // The same body of the same caller under the same key gives the same hash again, and nothing else does. As many
    // rounds as ASP.NET Identity takes for a password.
    private static string Slow(string hash, string actorId, string key) =>
        Convert.ToHexStringLower(
            Rfc2898DeriveBytes.Pbkdf2(
                Encoding.UTF8.GetBytes(hash),
                SHA256.HashData(Encoding.UTF8.GetBytes($"{actorId}\n{key}")),
                100_000,
                HashAlgorithmName.SHA512,
                32
            )
        );

    /// <summary>
    /// A duplicate of this command (same key) may be why it failed: it came before, or at the same moment. If so, its
    /// outcome is the answer. Null when there is none.
    /// </summary>
    private static async Task<IResult?> ReplayIfDoneAsync(HttpContext context, Caller caller, string key, string? hash)
    {
        if (hash is null)
        {
            return null;
        }

        // With a store of its own: this request's may be in a failed transaction, or see an earlier moment.
        await using var scope = context.RequestServices.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<ICommandStore>();
        return await store.FindOutcomeAsync(caller.Actor.Id, key, context.RequestAborted) is { } first
            ? Replay(context, first, hash)
            : null;
    }

    private static IResult Replay(HttpContext context, IdempotencyRecord outcome, string hash)
    {
        if (outcome.RequestHash != hash)
        {
            return Problems.Result(context, StatusCodes.Status409Conflict, "idempotency-key-reused");
        }

        context.Response.Headers["Idempotency-Replayed"] = "true";
        return Answer(context, outcome);
    }

    private static IResult Answer(HttpContext context, IdempotencyRecord outcome)
    {
        if (outcome.ETag is not null)
        {
            context.Response.Headers.ETag = outcome.ETag;
        }

        if (outcome.Location is not null)
        {
            context.Response.Headers.Location = outcome.Location;
        }

        return new JsonText(outcome.Body, outcome.Status);
    }

    // Validators are singletons; they are looked up once for each endpoint, by the type of each parameter.
    private static IValidator?[] ValidatorsOf(EndpointFilterFactoryContext endpoint) =>
        [
            .. endpoint
                .MethodInfo.GetParameters()
                .Select(parameter =>
                    parameter.ParameterType is { IsValueType: false, IsInterface: false } type
                        ? endpoint.ApplicationServices.GetService(typeof(IValidator<>).MakeGenericType(type))
                            as IValidator
                        : null
                ),
        ];

    private static async Task<IResult?> ValidateAsync(
        EndpointFilterInvocationContext invocation,
        IReadOnlyList<IValidator?> validators
    )
    {
        var context = invocation.HttpContext;
        var body = context.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;
        for (var i = 0; i < invocation.Arguments.Count; i++)
        {
            if (invocation.Arguments[i] is not { } argument)
            {
                // A handler for any type of body takes null for one that may be left out.
                if (validators[i] is not null)
                {
                    return Problems.Result(context, StatusCodes.Status400BadRequest, "malformed");
                }

                continue;
            }

            if (argument.GetType() == body && BodyGuard.Clean(argument) is { Count: > 0 } faults)
            {
                return Invalid(context, faults.Select(f => (f.Path, f.Code, new Dictionary<string, object?>())));
            }

            if (validators[i] is not { } validator)
            {
                continue;
            }

            var result = await validator.ValidateAsync(new ValidationContext<object>(argument), context.RequestAborted);
            if (!result.IsValid)
            {
                return Invalid(
                    context,
                    result.Errors.Select(e =>
                        (
                            string.Join('.', e.PropertyName.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName)),
                            CodeOf(e.ErrorCode),
                            e.FormattedMessagePlaceholderValues?.ToDictionary(v => v.Key, v => (object?)v.Value) ?? []
                        )
                    )
                );
            }
        }

        return null;
    }

    private static IResult Invalid(
        HttpContext context,
        IEnumerable<(string Path, string Code, Dictionary<string, object?> Values)> faults
    )
    {
        var problem = Problems.Create(context, StatusCodes.Status400BadRequest, "validation");
        var texts = context.RequestServices.GetRequiredService<Texts>();
        problem.Extensions["errors"] = faults
            .GroupBy(f => f.Path)
            .ToDictionary(g => g.Key, g => g.Select(f => ErrorOf(texts, f.Path, f.Code, f.Values)).ToArray());
        return Problems.Result(problem);
    }

    // FluentValidation's own texts have the names of members in English; ours have those of the reader.
    private static FieldError ErrorOf(Texts texts, string path, string code, Dictionary<string, object?> values)
    {
        var field = texts.Field(path);
        values["PropertyName"] = field;
        return new(code, field, texts.Find("validation." + code, values) ?? texts.Find("validation.predicate")!);
    }

    // FluentValidation names its codes after its classes: NotEmptyValidator → not-empty.
    internal static string CodeOf(string code) =>
        code.EndsWith("Validator", StringComparison.Ordinal) ? Spelling.Kebab(code[..^"Validator".Length]) : code;
}

/// <summary>An answer that is JSON already.</summary>
internal sealed class JsonText(string json, int status) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = Encoding.UTF8.GetByteCount(json);
        Encoding.UTF8.GetBytes(json, response.BodyWriter);
        return response.BodyWriter.FlushAsync(httpContext.RequestAborted).AsTask();
    }
}

/// <summary>What is wrong with a field.</summary>
/// <param name="Code">Stable code, <c>kebab-case</c>.</param>
/// <param name="Field">Name of the field in the caller's language.</param>
/// <param name="Message">Text in the caller's language.</param>
public sealed record FieldError(string Code, string Field, string Message);

/// <summary>Marks endpoints that change something.</summary>
public sealed class CommandMetadata;

/// <summary>Names the field of a browser's form that holds the Idempotency-Key.</summary>
public sealed record KeyInFormMetadata(string Field);

/// <summary>Marks commands whose body holds a secret that can be guessed.</summary>
public sealed class SecretBodyMetadata;
