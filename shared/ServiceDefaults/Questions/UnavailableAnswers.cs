using Grpc.Core;
using Grpc.Core.Interceptors;

namespace CustomerService.ServiceDefaults;

/// <summary>
/// Tells who asks a question that the store cannot be reached at the moment (UNAVAILABLE), instead of that something
/// went wrong: callers have an answer of their own for that, and ask again.
/// </summary>
internal sealed class UnavailableAnswers : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request,
        ServerCallContext context,
        UnaryServerMethod<TRequest, TResponse> continuation
    )
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception fault) when (fault is not RpcException && Unavailability.Is(fault))
        {
            throw Away(fault);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation
    )
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception fault) when (fault is not RpcException && Unavailability.Is(fault))
        {
            throw Away(fault);
        }
    }

    private static RpcException Away(Exception fault) =>
        new(
            new Status(
                StatusCode.Unavailable,
                "unavailable: the store does not answer at the moment; ask again.",
                fault
            )
        );
}
