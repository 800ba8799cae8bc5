package dev.coffey.control;

import com.google.rpc.Code;
import dev.coffey.spec.Plan;
import dev.coffey.spec.PlanDiff;
import dev.coffey.spec.Problem;
import dev.coffey.supervisor.Operation;
import dev.coffey.v1.ConfigControlGrpc;
import dev.coffey.v1.ErrorReason;
import dev.coffey.v1.ExplainCodeRequest;
import dev.coffey.v1.ExplainCodeResponse;
import dev.coffey.v1.GetSchemaRequest;
import dev.coffey.v1.GetSchemaResponse;
import dev.coffey.v1.OperationProgress;
import dev.coffey.v1.PlanRequest;
import dev.coffey.v1.PlanResponse;
import dev.coffey.v1.ReloadRequest;
import dev.coffey.v1.ValidateRequest;
import dev.coffey.v1.ValidateResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/// Looks at the configuration, and puts it in force.
@GrpcService
final class ConfigFace extends ConfigControlGrpc.ConfigControlImplBase {
  private final House house;
  private final ConfigSource source;

  @Inject
  ConfigFace(House house, ConfigSource source) {
    this.house = house;
    this.source = source;
  }

  @Override
  public void validate(ValidateRequest request, StreamObserver<ValidateResponse> observer) {
    if (request.getFilesCount() > 0) {
      observer.onError(notYet("validate with files"));
      return;
    }
    Calls.answer(
        observer,
        () ->
            switch (source.read()) {
              case ConfigSource.Reading.Bad(List<Problem> problems) ->
                  ValidateResponse.newBuilder()
                      .addAllProblems(ConfigMessages.list(problems))
                      .build();
              case ConfigSource.Reading.Sound(Plan plan, List<Problem> warnings) ->
                  ValidateResponse.newBuilder()
                      .addAllProblems(ConfigMessages.list(warnings))
                      .setServices(plan.services().size())
                      .build();
            });
  }

  @Override
  public void plan(PlanRequest request, StreamObserver<PlanResponse> observer) {
    Calls.answer(
        observer,
        () ->
            switch (source.read()) {
              case ConfigSource.Reading.Bad(List<Problem> problems) -> throw invalid(problems);
              case ConfigSource.Reading.Sound(Plan plan, List<Problem> warnings) -> {
                Plan now = house.supervisor().snapshot().fleet().plan();
                yield ConfigMessages.plan(PlanDiff.between(now, plan))
                    .addAllWarnings(ConfigMessages.list(warnings))
                    .setBaseVersion(source.version())
                    .build();
              }
            });
  }

  @Override
  public void reload(ReloadRequest request, StreamObserver<OperationProgress> observer) {
    if (request.hasConfirmMs() || request.hasExpectedVersion() || request.hasComment()) {
      observer.onError(notYet("reload with confirm_ms, expected_version or comment"));
      return;
    }
    Caller caller = Caller.KEY.get();
    Outflow.begin(
        observer,
        wake -> {
          Operation operation = begun(source.reload());
          house.operations().callers().note(operation.id(), caller);
          return new OperationSource(house.operationView(), operation, request.getNoWait(), wake);
        });
  }

  private static Operation begun(ConfigSource.Reloading reloading) {
    return switch (reloading) {
      case ConfigSource.Reloading.Begun(Operation operation) -> operation;
      case ConfigSource.Reloading.Refused(List<Problem> problems) -> throw invalid(problems);
      case ConfigSource.Reloading.TooLate() -> throw Failure.shuttingDown();
    };
  }

  private static StatusRuntimeException invalid(List<Problem> problems) {
    return Failure.invalidConfiguration(ConfigMessages.problems(problems));
  }

  @Override
  public void getSchema(GetSchemaRequest request, StreamObserver<GetSchemaResponse> observer) {
    Calls.answer(observer, () -> GetSchemaResponse.newBuilder().setJson(source.schema()).build());
  }

  @Override
  public void explainCode(
      ExplainCodeRequest request, StreamObserver<ExplainCodeResponse> observer) {
    Calls.answer(
        observer,
        () -> {
          String code = request.getCode();
          String text = source.explanation(code).orElseThrow(() -> unknown(code));
          return ExplainCodeResponse.newBuilder()
              .setCode(code)
              .setTitle(title(text))
              .setText(text)
              .build();
        });
  }

  /// The first sentence.
  private static String title(String text) {
    String line = text.replaceAll("\\s+", " ");
    int end = line.indexOf(". ");
    return end < 0 ? line : line.substring(0, end + 1);
  }

  private static StatusRuntimeException unknown(String code) {
    return Failure.of(
        Code.NOT_FOUND,
        ErrorReason.ERROR_REASON_BAD_FIELD,
        "no problem has the code '%s'".formatted(code),
        Map.of("field", "code", "given", code));
  }

  private static StatusRuntimeException notYet(String what) {
    return Status.UNIMPLEMENTED.withDescription(what + " is not available").asRuntimeException();
  }
}
